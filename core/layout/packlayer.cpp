// SPDX-License-Identifier: Apache-2.0
#include "core/layout/packlayer.h"

#include "core/base/displaytext.h"
#include "core/layout/gzipfile.h"
#include "core/layout/tarwriter.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <filesystem>
#include <map>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

namespace fs = std::filesystem;

constexpr size_t mostEntries = 1'000'000;
constexpr auto keptPermissions = fs::perms::all | fs::perms::sticky_bit;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PackLayer)
};

struct Source
{
    QString path;
    fs::file_status status;
};

/// By their names in the layer, without an end for folders; sorted by bytes.
using Sources = std::map<QByteArray, Source>;

fs::path systemPath(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}

Error cannotRead(const QString &path, const std::error_code &code)
{
    return {Error::Kind::LocalFile,
            Text::tr("Cannot read %1: %2.")
                .arg(quotedPath(path), quotedText(QString::fromStdString(code.message())))};
}

Result<fs::file_status> examine(const QString &path)
{
    std::error_code code;
    const fs::file_status status = fs::symlink_status(systemPath(path), code);
    if (status.type() == fs::file_type::none || status.type() == fs::file_type::not_found)
        return cannotRead(path, code);
    const bool isPlain = status.type() == fs::file_type::regular
                         || status.type() == fs::file_type::directory
                         || status.type() == fs::file_type::symlink;
    if (!isPlain)
        return Error{Error::Kind::Unsupported,
                     Text::tr("%1 is a device, a pipe or a socket, and cannot be packed.")
                         .arg(quotedPath(path))};
    // OCI image-spec, layer.md, "Whiteouts".
    if (QFileInfo(path).fileName().startsWith(".wh."_L1))
        return Error{
            Error::Kind::Unsupported,
            Text::tr("%1 has a name that would remove a file of the image.").arg(quotedPath(path))};
    return status;
}

/// What is in a folder. Qt would leave out names that are no text, without a word.
Result<QStringList> namesIn(const QString &path)
{
    std::error_code code;
    QStringList names;
    for (fs::directory_iterator child(systemPath(path), code), end; !code && child != end;
         child.increment(code)) {
        const auto bytes = QByteArray::fromStdString(child->path().filename().string());
        names.append(QString::fromUtf8(bytes));
        if (names.constLast().toUtf8() != bytes)
            return Error{Error::Kind::Unsupported,
                         Text::tr("%1 holds a file whose name is no UTF-8.").arg(quotedPath(path))};
    }
    return code ? Result<QStringList>(cannotRead(path, code)) : names;
}

Result<Done> collect(const QString &path, const QByteArray &name, Sources &sources,
                     const CancelFlag &cancelled)
{
    if (cancelled)
        return Error::cancelled();
    const auto status = examine(path);
    if (!status)
        return status.error();
    if (!sources.insert({name, {path, *status}}).second)
        return Error{Error::Kind::InvalidInput,
                     Text::tr("Two files are called %1.").arg(quotedText(QString::fromUtf8(name)))};
    if (sources.size() > mostEntries)
        return Error{Error::Kind::TooLarge,
                     Text::tr("These are more files than a layer can have.")};
    if (status->type() != fs::file_type::directory)
        return Done();
    if (!QFileInfo(path).isReadable())
        return cannotRead(path, std::make_error_code(std::errc::permission_denied));
    const auto children = namesIn(path);
    if (!children)
        return children.error();
    for (const QString &child : *children) {
        if (auto added =
                collect(path + u'/' + child, name + '/' + child.toUtf8(), sources, cancelled);
            !added)
            return added;
    }
    return Done();
}

/// "etc/app/" for "/etc/app".
Result<QByteArray> prefixOf(const QString &folder)
{
    QByteArray prefix;
    const QStringList parts = folder.split(u'/', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (part == ".."_L1 || part.contains(QChar(0)))
            return Error{Error::Kind::InvalidInput,
                         Text::tr("%1 is no folder in an image.").arg(quotedText(folder))};
        if (part != "."_L1)
            prefix += part.toUtf8() + '/';
    }
    return prefix;
}

Result<Done> packFile(TarWriter &tar, const QByteArray &name, const Source &source, int mode,
                      const CancelFlag &cancelled)
{
    const auto file = ReadableFile::open(source.path);
    if (!file)
        return file.error();
    const FileSlice content = FileSlice::whole(*file);
    if (auto begun = tar.beginFile(name, content.size, mode); !begun)
        return begun;
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    for (qint64 done = 0; done < content.size;) {
        if (cancelled)
            return Error::cancelled();
        const auto count =
            content.read(done, piece.data(), qMin<qint64>(piece.size(), content.size - done));
        if (!count)
            return count.error();
        if (auto added = tar.add(QByteArrayView(piece).first(*count)); !added)
            return added;
        done += *count;
    }
    return tar.endFile();
}

int modeOf(const Source &source, const Ownership &ownership)
{
    if (!ownership.mode)
        return static_cast<int>(source.status.permissions() & keptPermissions);
    const int mayRead = *ownership.mode & 0444;
    const bool isFolder = source.status.type() == fs::file_type::directory;
    return *ownership.mode | (isFolder ? mayRead >> 2 : 0);
}

Result<Done> pack(TarWriter &tar, const QByteArray &name, const Source &source,
                  const Ownership &ownership, const CancelFlag &cancelled)
{
    const int mode = modeOf(source, ownership);
    if (source.status.type() == fs::file_type::directory)
        return tar.addFolder(name + '/', mode);
    if (source.status.type() == fs::file_type::regular)
        return packFile(tar, name, source, mode, cancelled);
    std::error_code code;
    const fs::path target = fs::read_symlink(systemPath(source.path), code);
    if (code)
        return cannotRead(source.path, code);
    return tar.addLink(name, QByteArray::fromStdString(target.generic_string()));
}

} // namespace

Result<NewLayer> packLayer(const FilesToPack &files, const CancelFlag &cancelled)
{
    const auto prefix = prefixOf(files.folder);
    if (!prefix)
        return prefix.error();
    Sources sources;
    for (const QString &path : files.paths) {
        const QString whole = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
        if (QDir(whole).isRoot())
            return Error{Error::Kind::InvalidInput,
                         Text::tr("%1 has no name in an image.").arg(quotedPath(whole))};
        const QByteArray name = *prefix + QFileInfo(whole).fileName().toUtf8();
        if (const auto added = collect(whole, name, sources, cancelled); !added)
            return added.error();
    }
    GzipFile gzip;
    if (const auto opened = gzip.open(); !opened)
        return opened.error();
    TarWriter tar([&gzip](QByteArrayView bytes) { return gzip.add(bytes); });
    tar.setOwner(files.ownership.user, files.ownership.group);
    for (const auto &[name, source] : sources) {
        if (const auto packed = pack(tar, name, source, files.ownership, cancelled); !packed)
            return packed.error();
    }
    if (const auto ended = tar.finish(); !ended)
        return ended.error();
    const auto content = gzip.finish(Text::tr("the new layer"));
    if (!content)
        return content.error();
    NewLayer layer{*content, Compression::Gzip, gzip.digest(), gzip.contentDigest(),
                   static_cast<qsizetype>(sources.size())};
    for (const auto &[name, source] : sources) {
        if (layer.names.size() < NewLayer::mostNames)
            layer.names.append(QString::fromUtf8(name));
    }
    return layer;
}

} // namespace Longshore
