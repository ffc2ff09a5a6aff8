// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/layerfields.h"

#include "core/base/displaytext.h"

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
    , m_owner(new QLineEdit)
    , m_mode(new QLineEdit)
    , m_comment(new QLineEdit)
    , m_author(new QLineEdit)
    , m_platform(new QComboBox)
    , m_content(new QPlainTextEdit)
{
    nameFields();
    addRows();
}

void LayerFields::nameFields()
{
    m_folder->setObjectName(u"targetFolder"_s);
    m_folder->setPlaceholderText(tr("the root"));
    m_owner->setObjectName(u"layerOwner"_s);
    m_owner->setPlaceholderText(tr("root, 0:0"));
    m_owner->setToolTip(tr("Whom the files belong to: the numbers of a user and a group, as "
                           "1000:1000. Without the second, the group has the number of the user."));
    m_mode->setObjectName(u"layerMode"_s);
    m_mode->setPlaceholderText(tr("as on the disk"));
    m_mode->setToolTip(
        tr("The permissions of the files in octal digits, as 644; whoever may read a "
           "folder may enter it"));
    m_comment->setObjectName(u"layerComment"_s);
    m_comment->setPlaceholderText(tr("none"));
    m_comment->setToolTip(tr("What the history of the new image says of this layer"));
    m_author->setObjectName(u"layerAuthor"_s);
    m_author->setToolTip(tr("Who has made this layer, and with it the new image"));
    m_platform->setObjectName(u"layerPlatform"_s);
    m_platform->setToolTip(tr("What the new image says that it runs on"));
    for (const Platform &platform : commonPlatforms())
        m_platform->addItem(platform.toString());
    m_content->setObjectName(u"layerContent"_s);
    m_content->setReadOnly(true);
    m_content->setTabChangesFocus(true);
    m_content->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_content->setFixedHeight(m_content->fontMetrics().height() * 5);
    for (QLineEdit *line : {m_comment, m_author})
        line->setMaxLength(longestText);
}

void LayerFields::addRows()
{
    m_form.addRow(tr("P&latform:"), m_platform);
    m_form.addRow(tr("&Folder in it:"), m_folder);
    m_form.addRow(tr("Ow&ner:"), m_owner);
    m_form.addRow(tr("Mo&de:"), m_mode);
    m_form.addRow(tr("Co&mment:"), m_comment);
    m_form.addRow(tr("Aut&hor:"), m_author);
    m_form.addRow(tr("Files in &it:"), m_content);
    m_form.setRowVisible(m_platform, false);
    m_form.setRowVisible(m_content, false);
    connect(m_platform, &QComboBox::currentIndexChanged, this, &LayerFields::changed);
    for (QLineEdit *line : {m_folder, m_owner, m_mode, m_comment, m_author}) {
        m_form.setRowVisible(line, false);
        connect(line, &QLineEdit::textChanged, this, &LayerFields::changed);
    }
}

/// What stands for nothing is root.
static std::optional<Ownership> ownerIn(const QString &text)
{
    return text.isEmpty() ? Ownership() : Ownership::parseOwner(text);
}

LayerWishes LayerFields::wishes() const
{
    Ownership ownership = ownerIn(m_owner->text().trimmed()).value_or(Ownership());
    ownership.mode = Ownership::parseMode(m_mode->text().trimmed());
    return {m_folder->text().trimmed(), m_comment->text().trimmed(), m_author->text().trimmed(),
            *Platform::parse(m_platform->currentText()), ownership};
}

QString LayerFields::whyNot() const
{
    const QString owner = m_owner->text().trimmed();
    if (!ownerIn(owner))
        return tr("%1 is no owner: write the numbers of a user and a group, as 1000:1000. Only the "
                  "image knows names.")
            .arg(quotedText(owner));
    const QString mode = m_mode->text().trimmed();
    if (!mode.isEmpty() && !Ownership::parseMode(mode))
        return tr("%1 is no mode: write the permissions in octal digits, as 644; 1777 at most.")
            .arg(quotedText(mode));
    return {};
}

void LayerFields::showFor(const ImageSource &source)
{
    for (QLineEdit *line : {m_folder, m_owner, m_mode}) // What was written can be mended.
        m_form.setRowVisible(line, source.isPacked() || !line->text().isEmpty());
    const QString content = source.content();
    m_content->setPlainText(content);
    m_form.setRowVisible(m_content, !content.isEmpty());
    m_form.setRowVisible(m_platform, source.isLayerAlone());
    for (QLineEdit *line : {m_comment, m_author})
        m_form.setRowVisible(line, source.isMade());
    m_author->setPlaceholderText(source.isLayerAlone() ? tr("nobody") : tr("that of the image"));
}

} // namespace Longshore::Ui
