// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/exportforms.h"

#include <QCoreApplication>

namespace Longshore::Ui {

using Form = ImagePlace::Form;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExportForms)
};

ExportChoices<Form> formsOfImages()
{
    return {{Text::tr("OCI layout: a folder"), Form::OciFolder},
            {Text::tr("OCI archive: one file, which Docker loads too"), Form::OciArchive},
            {Text::tr("Docker archive: one file, for one platform"), Form::DockerArchive}};
}

ExportChoices<Form> formsOfOneImage()
{
    return {
        {Text::tr("Plain folder: manifest and blobs, as skopeo\u2019s dir:"), Form::Folder},
        {Text::tr("Merged files: one tar of what a container sees, for one platform"),
         Form::RootFiles},
        {Text::tr("Merged files: a folder of what a container sees, for one platform"),
         Form::RootFolder},
        {Text::tr("Layers as they are stored: a file for each, for one platform"),
         Form::StoredLayers},
        {Text::tr("Layers as plain tars: a file for each, for one platform"), Form::PlainLayers}};
}

ExportChoices<Form> formsOfLayers()
{
    return {{Text::tr("As they are stored: a file for each"), Form::StoredLayers},
            {Text::tr("As plain tars: a file for each, checked against its diff ID"),
             Form::PlainLayers}};
}

ExportChoices<TakenName> takenNames()
{
    return {{Text::tr("Keep both: the new file gets the next free name"), TakenName::Rename},
            {Text::tr("Replace it, once the new one is complete"), TakenName::Replace},
            {Text::tr("Leave it, and export nothing"), TakenName::Skip}};
}

} // namespace Longshore::Ui
