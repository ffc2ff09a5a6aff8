// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/imagedrag.h"

#include "ui/format/filename.h"
#include "ui/models/platformtablemodel.h"

#include <QCoreApplication>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImageDrag)
};

/// What it is for whoever takes text.
std::function<void(QMimeData &)> fillWith(ImageReference reference, const Digest &digest)
{
    reference.tag.reset();
    reference.digest = digest;
    return [text = reference.toString()](QMimeData &drag) { drag.setText(text); };
}

} // namespace

OutwardDrag layerDrag(const ImageReference &image, const LayerChoice &layer, const TakeFile &take)
{
    return {Text::tr("Layer %1").arg(layer.number),
            layerFileName(image.repository, layer.image, layer.number, layer.layer),
            fillWith(image, layer.layer.digest), [layer, take](const QString &path) {
                take({path, {layer.image}, layer});
            }};
}

OutwardDrag platformDrag(const ImageReference &index, const Descriptor &entry, const TakeFile &take)
{
    return {platformLabel(entry),
            QString(platformFileName(index.repository, index.reference(), entry) + ".tar"_L1),
            fillWith(index, entry.digest),
            [tag = index.tag, digest = entry.digest, take](const QString &path) {
                take({path, {digest}, {}, tag});
            }};
}

} // namespace Longshore::Ui
