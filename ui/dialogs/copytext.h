// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/copypresenter.h"

namespace Longshore::Ui {

/// What the dialog says that brings images into a registry.
namespace CopyText {

/// How much has to travel.
[[nodiscard]] QString totals(const CopyPresenter::Totals &totals);
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
/// Why these images cannot all keep their own tags in one repository; empty when they can.
[[nodiscard]] QString whyNoOwnTags(const QList<SourceImage> &images);

} // namespace CopyText

} // namespace Longshore::Ui
