// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/layerfields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr int longestText = 1000; // What a history can show.

/// What Docker's own images are made for; Windows has none without a layer of its own below.
static QList<Platform> commonPlatforms()
{
    QList<Platform> platforms{LayerWishes().platform};
    for (const QString &name :
         {u"linux/amd64"_s, u"linux/arm64"_s, u"linux/arm/v7"_s, u"linux/arm/v6"_s, u"linux/386"_s,
          u"linux/ppc64le"_s, u"linux/riscv64"_s, u"linux/s390x"_s}) {
        if (const auto platform = Platform::parse(name); !platforms.contains(*platform))
            platforms.append(*platform);
    }
    return platforms;
}

LayerFields::LayerFields(QFormLayout &form)
    : QObject(&form)
    , m_form(form)
    , m_folder(new QLineEdit)
    , m_comment(new QLineEdit)
    , m_author(new QLineEdit)
    , m_platform(new QComboBox)
    , m_content(new QPlainTextEdit)
{
    m_folder->setObjectName(u"targetFolder"_s);
    m_folder->setPlaceholderText(tr("the root"));
    m_comment->setObjectName(u"layerComment"_s);
    m_comment->setPlaceholderText(tr("none"));
    m_comment->setToolTip(tr("What the history of the new image says of this layer"));
    m_author->setObjectName(u"layerAuthor"_s);
    m_author->setToolTip(tr("Who has made this layer, and with it the new image"));
    m_platform->setObjectName(u"layerPlatform"_s);
    m_platform->setToolTip(tr("What the new image says that it runs on"));
    for (const Platform &platform : commonPlatforms())
        m_platform->addItem(platform.toString());
    form.addRow(tr("P&latform:"), m_platform);
    form.setRowVisible(m_platform, false);
    connect(m_platform, &QComboBox::currentIndexChanged, this, &LayerFields::changed);
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
    return {m_folder->text().trimmed(), m_comment->text().trimmed(), m_author->text().trimmed(),
            *Platform::parse(m_platform->currentText())};
}

void LayerFields::showFor(const ImageSource &source)
{
    m_form.setRowVisible(m_folder, source.isPacked() || !m_folder->text().isEmpty());
    const QString content = source.content();
    m_content->setPlainText(content);
    m_form.setRowVisible(m_content, !content.isEmpty());
    m_form.setRowVisible(m_platform, source.isLayerAlone());
    for (QLineEdit *line : {m_comment, m_author})
        m_form.setRowVisible(line, source.isMade());
    m_author->setPlaceholderText(source.isLayerAlone() ? tr("nobody") : tr("that of the image"));
}

} // namespace Longshore::Ui
