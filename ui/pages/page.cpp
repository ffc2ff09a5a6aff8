// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/page.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

Page::Page(const Place &place, QWidget *parent)
    : QWidget(parent)
    , m_place(place)
    , m_retry(makeAction(u"retry"_s, tr("Try Again")))
    , m_signIn(makeAction(u"signIn"_s, tr("Sign In\u2026")))
{
    connect(m_retry, &QAction::triggered, this, &Page::reload);
    connect(m_signIn, &QAction::triggered, this, &Page::signInRequested);
}

QAction *Page::makeAction(const QString &name, const QString &text)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    return action;
}

QList<QAction *> Page::remediesFor(const Error &error) const
{
    if (error.kind == Error::Kind::Unauthorized || error.kind == Error::Kind::Forbidden)
        return {m_signIn, m_retry};
    return {m_retry};
}

QString Page::title() const
{
    if (m_place.cleanup.size() > 1)
        return tr("Clean up %n repository(ies)", nullptr, static_cast<int>(m_place.cleanup.size()));
    if (!m_place.cleanup.isEmpty())
        return tr("Clean up %1").arg(m_place.repository.toString());
    if (!m_place.reference)
        return m_place.repository.toString();
    const Digest *digest = m_place.reference->digest();
    return m_place.repository.toString()
           + (digest ? QString(u'@' + digest->shortText())
                     : QString(u':' + m_place.reference->toString()));
}

} // namespace Longshore::Ui
