// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/takenname.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int mostNames = 10'000;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TakenName)
};

/// Where the ending of the name begins; the end for none. "app_1.0" has none.
qsizetype startOfEnding(const QString &path)
{
    static const QRegularExpression ending(u"[^/](\\.tar)?\\.[a-z]+\\z"_s);
    const auto found = ending.match(path);
    return found.hasMatch() ? found.capturedStart() + 1 : path.size();
}

} // namespace

SafeFile::Existing existingFile(TakenName taken)
{
    return taken == TakenName::Replace ? SafeFile::Existing::Replace : SafeFile::Existing::Keep;
}

bool isTaken(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

QString numberedName(const QString &path, int number)
{
    const qsizetype end = startOfEnding(path);
    return number == 1 ? path : path.left(end) + u" (%1)"_s.arg(number) + path.mid(end);
}

std::optional<int> numberOfName(const QString &name, const QString &path)
{
    if (name == path)
        return 1;
    static const QRegularExpression pattern(u"\\A \\(([0-9]+)\\)\\z"_s);
    const QString added = name.mid(startOfEnding(path), name.size() - path.size());
    const int number = pattern.match(added).captured(1).toInt();
    return number > 1 && numberedName(path, number) == name ? std::optional(number) : std::nullopt;
}

bool isAnyTaken(const QString &name, const QStringList &companions)
{
    return isTaken(name)
           || std::any_of(companions.begin(), companions.end(),
                          [&name](const QString &companion) { return isTaken(name + companion); });
}

Result<QString> freeName(const QString &path, const std::function<bool(const QString &)> &isInUse)
{
    QString name = path;
    for (int number = 2; isInUse(name); ++number) {
        if (number > mostNames)
            return Error{Error::Kind::LocalFile,
                         Text::tr("%1 exists already, and so does every name that is like it.")
                             .arg(quotedPath(path))};
        name = numberedName(path, number);
    }
    return name;
}

} // namespace Longshore
