// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/copypresenter.h"

namespace Longshore::Ui {

/// What the dialog says that brings images into a registry.
namespace CopyText {

/// How much has to travel.
[[nodiscard]] QString totals(const CopyPresenter::Totals &totals);
/// Which tags come along with signatures and the like, and which stay what they are; empty for
/// none.
[[nodiscard]] QString attached(const QList<Tag> &attached, const QList<Tag> &kept);
/// Which tags would point to something else; empty for none.
[[nodiscard]] QString replaced(const QList<CopyPresenter::Replaced> &replaced);
/// What a list of several images says of one.
[[nodiscard]] QString imageName(const SourceImage &image);
/// Why a source gave less than it should; empty when it did not.
[[nodiscard]] QString failures(const QList<Error> &errors);
/// Why \a text is no repository, or no tag; empty when it is one.
/// @{
[[nodiscard]] QString whyNoRepository(const QString &text);
[[nodiscard]] QString whyNoTag(const QString &text);
/// @}
/// The tags that somebody has written, each once, with spaces or commas between them.
[[nodiscard]] QStringList tagsIn(const QString &text);
/// Stands for the tag that an image has, where somebody writes how several of them shall be called.
inline constexpr QLatin1StringView ownTag("{tag}");
/// What \a pattern, in which ownTag may stand, makes of the tag of an image.
[[nodiscard]] QString tagOf(const SourceImage &image, const QString &pattern);
/// Why these images cannot be called as \a pattern says; empty when they can. Several need their own
/// tags in it, else all would have the same.
[[nodiscard]] QString whyNoTags(const QList<SourceImage> &images, const QString &pattern);
/// Why these images cannot all keep their own tags in one repository; empty when they can.
[[nodiscard]] QString whyNoOwnTags(const QList<SourceImage> &images);

} // namespace CopyText

} // namespace Longshore::Ui
