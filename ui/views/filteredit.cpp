// SPDX-License-Identifier: Apache-2.0
#include "ui/views/filteredit.h"

#include "ui/format/tintedicon.h"

#include <QAction>
#include <QKeyEvent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Longshore::Ui {

FilterEdit::FilterEdit(const QString &name, QWidget *parent) : QLineEdit(parent)
{
    setAccessibleName(name);
    setPlaceholderText(name);
    setClearButtonEnabled(true);
    QAction *search = addAction(tintedIcon(u"search"_s), LeadingPosition);
    search->setObjectName(u"search"_s);
    search->setText(name);
    if (auto *clear = findChild<QAction *>(u"_q_qlineeditclearaction"_s))
        clear->setText(tr("Clear")); // Qt gives its button no name.
    m_typing.setSingleShot(true);
    m_typing.setInterval(120ms);
    connect(this, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] { emit filterChanged(text()); });
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape: return text().isEmpty() ? leave() : clear();
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter: return leave();
    default: QLineEdit::keyPressEvent(event);
    }
}

void FilterEdit::leave()
{
    if (m_typing.isActive()) { // The list shall be what the text says before somebody is in it.
        m_typing.stop();
        emit filterChanged(text());
    }
    emit left();
}

} // namespace Longshore::Ui
