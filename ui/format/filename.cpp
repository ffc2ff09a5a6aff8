// SPDX-License-Identifier: Apache-2.0
#include "ui/format/filename.h"

#include "core/base/safefilename.h"

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

/// "app_1.0"; not safe yet.
static QString baseName(const RepositoryName &repository, const Reference &reference)
{
    return repository.toString().section(u'/', -1) + u'_'
           + (reference.tag() ? reference.tag()->toString() : reference.digest()->shortText());
}

QString imageFileName(const RepositoryName &repository, const Reference &reference)
{
    return safeFileName(baseName(repository, reference));
}

QString platformFileName(const RepositoryName &repository, const Reference &index,
                         const Descriptor &entry)
{
    const bool isKnown = entry.platform && !entry.platform->isUnknown();
    QString platform = isKnown ? entry.platform->toString() : entry.digest.shortText();
    return safeFileName(baseName(repository, index) + u'_' + platform.replace(u'/', u'-'));
}

QString imagesFileName(const RepositoryName &repository)
{
    return safeFileName(repository.toString().section(u'/', -1) + "_images"_L1);
}

QString layerFileName(const RepositoryName &repository, const Reference &reference, int number,
                      const Descriptor &layer)
{
    const QString name = u"%1_%2_%3"_s.arg(baseName(repository, reference))
                             .arg(number, 2, 10, QLatin1Char('0'))
                             .arg(layer.digest.shortText());
    return safeFileName(name) + layer.mediaType.fileExtension();
}

QString unusedPath(const QString &path, const std::function<bool(const QString &)> &isTaken)
{
    const qsizetype name = path.lastIndexOf(u'/') + 1;
    const qsizetype tar = path.indexOf(".tar"_L1, name); // "x.tar.gz" ends in both.
    const qsizetype dot = tar > name ? path.lastIndexOf(".tar"_L1) : path.lastIndexOf(u'.');
    const qsizetype end = dot > name ? dot : path.size();
    QString candidate = path;
    for (int number = 2; isTaken(candidate); ++number)
        candidate = u"%1 (%2)%3"_s.arg(path.left(end)).arg(number).arg(path.mid(end));
    return candidate;
}

} // namespace Longshore::Ui
