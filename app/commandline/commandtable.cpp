// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/commandtable.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

QList<CommandEntry> commandTable()
{
    return {
        pingEntry(),       reposEntry(),        tagsEntry(),        inspectEntry(),
        digestEntry(),     configEntry(),       referrersEntry(),   tagAddEntry(),
        tagRemoveEntry(),  manifestGetEntry(),  manifestPutEntry(), manifestDeleteEntry(),
        blobExistsEntry(), blobGetEntry(),      blobPutEntry(),     blobDeleteEntry(),
        exportEntry(),     exportLayersEntry(), importEntry(),      copyEntry(),
        appendEntry(),     cleanupEntry(),      restoreEntry(),     keyGenerateEntry(),
        verifyEntry(),
    };
}

QCommandLineOption platformOption()
{
    return {u"platform"_s,
            QCoreApplication::translate("CommandTable", "The image of an index to take."),
            u"OS/ARCH"_s};
}

QCommandLineOption platformsOption()
{
    return {u"platform"_s,
            QCoreApplication::translate(
                "CommandTable",
                "The image of an index to take; \"all\", which is what happens "
                "without this, takes the index as it is. With several, as "
                "linux/amd64,linux/arm64 or by giving this again, the index lists "
                "only these, and gets a digest of its own, to which signatures of the whole index "
                "do not refer."),
            u"OS/ARCH[,...]"_s};
}

QList<QCommandLineOption> backupOptions()
{
    return {{u"backup"_s,
             QCoreApplication::translate("CommandTable",
                                         "The new folder for what loses its tag by this."),
             u"DIR"_s},
            {u"no-backup"_s,
             QCoreApplication::translate("CommandTable", "Save nothing of what loses its tag.")}};
}

} // namespace Longshore
