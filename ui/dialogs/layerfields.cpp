// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/layerfields.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr int longestText = 1000; // What a history can show.

LayerFields::LayerFields(QFormLayout &form)
    : QObject(&form)
    , m_form(form)
    , m_folder(new QLineEdit)
    , m_comment(new QLineEdit)
    , m_author(new QLineEdit)
    , m_content(new QPlainTextEdit)
{
    m_folder->setObjectName(u"targetFolder"_s);
    m_folder->setPlaceholderText(tr("the root"));
    m_comment->setObjectName(u"layerComment"_s);
    m_comment->setPlaceholderText(tr("none"));
    m_comment->setToolTip(tr("What the history of the new image says of this layer"));
    m_author->setObjectName(u"layerAuthor"_s);
    m_author->setPlaceholderText(tr("that of the image"));
    m_author->setToolTip(tr("Who has made this layer, and with it the new image"));
    form.addRow(tr("&Folder in it:"), m_folder);
    form.addRow(tr("Co&mment:"), m_comment);
    form.addRow(tr("Aut&hor:"), m_author);
    m_content->setObjectName(u"layerContent"_s);
    m_content->setReadOnly(true);
    m_content->setTabChangesFocus(true);
    m_content->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_content->setFixedHeight(m_content->fontMetrics().height() * 5);
    form.addRow(tr("Files in &it:"), m_content);
    form.setRowVisible(m_content, false);
    for (QLineEdit *line : {m_folder, m_comment, m_author}) {
        line->setMaxLength(line == m_folder ? line->maxLength() : longestText);
        form.setRowVisible(line, false);
        connect(line, &QLineEdit::textChanged, this, &LayerFields::changed);
    }
}

LayerWishes LayerFields::wishes() const
{
    return {m_folder->text().trimmed(), m_comment->text().trimmed(), m_author->text().trimmed()};
}

void LayerFields::showFor(const ImageSource &source)
{
    m_form.setRowVisible(m_folder, source.isPacked() || !m_folder->text().isEmpty());
    const QString content = source.content();
    m_content->setPlainText(content);
    m_form.setRowVisible(m_content, !content.isEmpty());
    for (QLineEdit *line : {m_comment, m_author})
        m_form.setRowVisible(line, source.kind() == ImageSource::Kind::Layer);
}

} // namespace Longshore::Ui
