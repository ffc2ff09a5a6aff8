// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/sourceimagechoice.h"

#include "ui/dialogs/copytext.h"

#include <QSignalBlocker>

namespace Longshore::Ui {

SourceImageChoice::SourceImageChoice()
{
    setObjectName(QStringLiteral("image"));
}

void SourceImageChoice::setImages(const QList<SourceImage> &images)
{
    const QSignalBlocker blocker(this); // What is chosen is what was before anybody chose.
    m_images = images;
    clear();
    if (hasChoice())
        addItem(tr("All %n, each under its own tag", "images", static_cast<int>(images.size())));
    for (const SourceImage &image : images)
        addItem(CopyText::imageName(image));
    const bool canTakeAll = CopyText::whyNoOwnTags(images).isEmpty();
    setCurrentIndex(hasChoice() && !canTakeAll ? 1 : 0);
}

QList<SourceImage> SourceImageChoice::chosen() const
{
    if (!hasChoice() || currentIndex() <= 0)
        return m_images;
    return {m_images.at(currentIndex() - 1)};
}

} // namespace Longshore::Ui
