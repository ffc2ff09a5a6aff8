// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/copytext.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/deletiontext.h"
#include "ui/format/errortext.h"
#include "ui/format/valueformat.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Longshore::Ui::CopyText {

namespace {

constexpr qsizetype mostFailures = 5;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CopyText)
};

} // namespace

QString totals(const CopyPresenter::Totals &totals)
{
    if (totals.toSend == 0)
        return Text::tr("Nothing has to be sent: the server has all of it, %1.")
            .arg(formatBytes(totals.bytes));
    return Text::tr("To be sent: %1 of %2, in %n part(s) of %3.", nullptr,
                    static_cast<int>(totals.toSend))
        .arg(formatBytes(totals.bytesToSend), formatBytes(totals.bytes))
        .arg(totals.blobs);
}

QString attached(const QList<Tag> &attached, const QList<Tag> &kept)
{
    QStringList sentences;
    if (!attached.isEmpty())
        sentences.append(
            Text::tr("These tags come along, too: %1.").arg(DeletionText::names(attached)));
    if (!kept.isEmpty())
        sentences.append(
            Text::tr("These exist there with something else, and stay as they are: %1.")
                .arg(DeletionText::names(kept)));
    return sentences.join(u'\n');
}

QString replaced(const QList<CopyPresenter::Replaced> &replaced)
{
    if (replaced.isEmpty())
        return {};
    if (replaced.size() == 1)
        return Text::tr("%1 exists (%2). That image will then be untagged; its manifest is saved "
                        "on this computer first.")
            .arg(displayText(replaced.constFirst().tag.toString()),
                 replaced.constFirst().digest.shortText());
    QList<Tag> tags;
    for (const CopyPresenter::Replaced &one : replaced)
        tags.append(one.tag);
    return Text::tr("These exist: %1. Their images will then be untagged; the manifests are saved "
                    "on this computer first.")
        .arg(DeletionText::names(tags));
}

QString imageName(const SourceImage &image)
{
    const QString name = image.name.isEmpty() ? image.reference.toString() : image.name;
    return displayText(name, 100);
}

QString failures(const QList<Error> &errors)
{
    QStringList lines;
    for (const Error &error : errors.mid(0, mostFailures))
        lines.append(errorText(error).headline);
    const auto more = static_cast<int>(errors.size() - lines.size());
    if (more > 0)
        lines.append(Text::tr("%n more file(s) could not be read.", nullptr, more));
    return lines.join(u'\n');
}

QString whyNoRepository(const QString &text)
{
    if (text.isEmpty())
        return Text::tr("Say into which repository.");
    if (RepositoryName::parse(text))
        return {};
    return Text::tr("%1 cannot be the name of a repository: these have lower-case letters and "
                    "digits, with single dots, underscores, hyphens and slashes between them.")
        .arg(quotedText(text));
}

QString whyNoTag(const QString &text)
{
    if (text.isEmpty())
        return Text::tr("Give the image a tag.");
    if (Tag::parse(text))
        return {};
    return Text::tr("%1 cannot be a tag: tags have letters, digits, dots, underscores and hyphens, "
                    "and begin with none of dot and hyphen.")
        .arg(quotedText(text));
}

QStringList tagsIn(const QString &text)
{
    static const QRegularExpression between(u"[\\s,]+"_s);
    QStringList tags = text.split(between, Qt::SkipEmptyParts);
    tags.removeDuplicates();
    return tags;
}

QString tagOf(const SourceImage &image, const QString &pattern)
{
    return image.tag() ? QString(pattern).replace(ownTag, image.tag()->toString()) : pattern;
}

QString whyNoTags(const QList<SourceImage> &images, const QString &pattern)
{
    if (images.size() > 1) {
        if (const QString reason = whyNoOwnTags(images); !reason.isEmpty())
            return reason;
        if (!pattern.contains(ownTag))
            return Text::tr("Write %1 where the tag that each image has shall stand.").arg(ownTag);
    }
    for (const SourceImage &image : images) {
        if (const QString reason = whyNoTag(tagOf(image, pattern)); !reason.isEmpty())
            return reason;
    }
    return {};
}

QString whyNoOwnTags(const QList<SourceImage> &images)
{
    QSet<QString> seen;
    for (const SourceImage &image : images) {
        if (!image.tag())
            return Text::tr("%1 has no tag of its own. Choose one image, and give it a tag.")
                .arg(quotedText(imageName(image)));
        if (seen.contains(image.tag()->toString()))
            return Text::tr("Several images have the tag %1. Choose one of them.")
                .arg(quotedText(image.tag()->toString()));
        seen.insert(image.tag()->toString());
    }
    return {};
}

} // namespace Longshore::Ui::CopyText
