// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/layersource.h"

#include "core/base/displaytext.h"
#include "core/layout/layoutsession.h"

#include <QDir>
#include <QFileInfo>

namespace Longshore::Ui {

LayerSource::LayerSource(std::shared_ptr<Session> session, const ImageExtension &wanted,
                         const Reference &base, QObject *parent)
    : ImageSource(parent), m_session(std::move(session)), m_wanted(wanted), m_base(base)
{
    if (!m_wanted.created.isValid()) // Made once more some day, it shall be the same image.
        m_wanted.created = QDateTime::currentDateTimeUtc();
    m_wishes.folder = m_wanted.folder;
    m_wishes.comment = m_wanted.comment;
    m_wishes.author = m_wanted.author;
    m_wishes.ownership = m_wanted.ownership;
}

LayerSource::LayerSource(const QString &path, QObject *parent)
    : ImageSource(parent), m_wanted{LayerWishes().platform, {path}}
{
    m_wanted.created = QDateTime::currentDateTimeUtc();
}

LayerSource::~LayerSource()
{
    delete m_job; // Before the session that it asks.
}

/// Of a file that could be something else as well.
static QString guessText(Compression compression, int entries)
{
    switch (compression) {
    case Compression::Gzip:
        return LayerSource::tr("a gzip tar, looks like a layer of %n file(s) and folder(s)",
                               nullptr, entries);
    case Compression::Zstd:
        return LayerSource::tr("a zstd tar, looks like a layer of %n file(s) and folder(s)",
                               nullptr, entries);
    default:
        return LayerSource::tr("a tar, looks like a layer of %n file(s) and folder(s)", nullptr,
                               entries);
    }
}

static QString contentText(const ComposedImage &made)
{
    const auto entries = static_cast<int>(made.layer.entries);
    if (made.isPacked)
        return LayerSource::tr("packed into a layer of %n file(s) and folder(s)", nullptr, entries);
    const QString layer = LayerSource::tr("a layer of %n file(s) and folder(s)", nullptr, entries);
    if (made.layer.whiteouts == 0)
        return layer;
    return LayerSource::tr("%1, of which %n take something away from the image", nullptr,
                           static_cast<int>(made.layer.whiteouts))
        .arg(layer);
}

/// As it is called where there is one, else how many there are.
static QString filesText(const QStringList &paths)
{
    return paths.size() == 1 ? QFileInfo(QDir::cleanPath(paths.constFirst())).fileName()
                             : LayerSource::tr("%n file(s) or folder(s)", nullptr,
                                               static_cast<int>(paths.size()));
}

static QString onTopOf(const QString &layer, const QString &image)
{
    return LayerSource::tr("%1, on top of %2", "a layer, and an image").arg(layer, image);
}

QString LayerSource::baseText() const
{
    return m_wanted.image()->repository.toString() + (m_base->tag() ? u':' : u'@')
           + m_base->toString();
}

QString LayerSource::description() const
{
    QString what = quotedText(filesText(m_wanted.paths));
    if (m_made)
        what = tr("%1: %2", "a file, and what it is")
                   .arg(what, isLayerAlone() ? guessText(m_made->layer.compression,
                                                         static_cast<int>(m_made->layer.entries))
                                             : contentText(*m_made));
    return isLayerAlone() ? what : onTopOf(what, quotedText(baseText()));
}

QString LayerSource::content() const
{
    if (!m_made)
        return {};
    QStringList lines;
    for (const QString &name : m_made->layer.names)
        lines.append(displayText(name, 300));
    const qsizetype others = m_made->layer.entries - lines.size();
    if (others > 0)
        lines.append(tr("and %n more", "files and folders", static_cast<int>(others)));
    return lines.join(u'\n');
}

QString LayerSource::proposedTag() const
{
    return m_base && m_base->tag() ? m_base->tag()->toString() + QStringLiteral("-1") : QString();
}

void LayerSource::setWishes(const LayerWishes &wishes)
{
    if (wishes == m_wishes)
        return;
    m_wishes = wishes;
    m_wanted.folder = wishes.folder;
    m_wanted.comment = wishes.comment;
    m_wanted.author = wishes.author;
    m_wanted.ownership = wishes.ownership;
    if (isLayerAlone())
        m_wanted.base = wishes.platform;
    read();
}

void LayerSource::read()
{
    delete m_job;
    m_made.reset();
    clear();
    auto *job = new ExtendImageJob(m_session.get(), m_wanted, this);
    m_job = job;
    job->then(this, [this](const Result<ComposedImage> &made) {
        m_job.clear();
        handleImage(made);
        emit changed();
    });
    job->start();
    emit changed();
}

void LayerSource::handleImage(const Result<ComposedImage> &made)
{
    if (!made)
        return addFailure(made.error());
    m_made = *made;
    const QString files = filesText(m_wanted.paths);
    add({made->files,
         made->repository,
         made->digest,
         {},
         isLayerAlone() ? files : onTopOf(files, baseText()), // Whoever shows it makes it safe.
         ImageMaking{m_session, m_wanted}});
}

} // namespace Longshore::Ui
