// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/filesource.h"

#include "core/base/displaytext.h"
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "ui/presenters/layersource.h"

#include <QDir>
#include <QFileInfo>

namespace Longshore::Ui {

using Form = ImageFiles::Form;

FileSource::FileSource(const QStringList &paths, QObject *parent)
    : ImageSource(parent), m_paths(paths)
{}

FileSource::~FileSource()
{
    delete m_job; // It stops a worker that unpacks something large.
}

static QString nameOf(const QString &path)
{
    return QFileInfo(QDir::cleanPath(path)).fileName();
}

static QString contentText(Form form, bool isFolder, int count)
{
    switch (form) {
    case Form::OciLayout:
        return isFolder ? FileSource::tr("OCI layout with %n image(s)", nullptr, count)
                        : FileSource::tr("OCI archive with %n image(s)", nullptr, count);
    case Form::DockerArchive:
        return FileSource::tr("Docker archive with %n image(s)", nullptr, count);
    case Form::SkopeoFolder:
        return FileSource::tr("what skopeo writes as \"dir:\", with %n image(s)", nullptr, count);
    }
    Q_UNREACHABLE();
}

bool FileSource::isReading() const
{
    return m_next < m_paths.size() || (m_layer && m_layer->isReading());
}

QString FileSource::description() const
{
    if (m_layer)
        return m_layer->description();
    const auto count = static_cast<int>(images().size());
    if (isReading())
        return tr("Reading %1\u2026").arg(quotedText(nameOf(m_paths.at(m_next))));
    if (m_paths.size() != 1)
        return tr("%1 with %2", "files with images")
            .arg(tr("%n file(s)", nullptr, static_cast<int>(m_paths.size())),
                 tr("%n image(s)", nullptr, count));
    const QString &path = m_paths.constFirst();
    if (!m_form)
        return quotedText(nameOf(path));
    return tr("%1: %2", "a file, and what it is")
        .arg(quotedText(nameOf(path)), contentText(*m_form, QFileInfo(path).isDir(), count));
}

void FileSource::read()
{
    if (!m_job && m_next == 0)
        readNext();
}

void FileSource::readNext()
{
    if (m_next >= m_paths.size())
        return;
    auto *job = new OpenLayoutJob(m_paths.at(m_next), this);
    m_job = job;
    connect(job, &Job::progressChanged, this, &ImageSource::progressed);
    job->then(this, [this](const Result<std::shared_ptr<LayoutSession>> &files) {
        if (files)
            handleFiles(*files);
        else
            handleFailure(files.error());
        ++m_next;
        readNext();
        emit changed();
    });
    job->start();
}

/// What holds no images may be part of one.
void FileSource::handleFailure(Error error)
{
    if (error.kind == Error::Kind::Unsupported)
        error.message +=
            u' ' + tr("A layer, or files that shall become one, can be dropped on an image.");
    const bool mayBeLayer = error.kind == Error::Kind::Unsupported && m_paths.size() == 1
                            && QFileInfo(m_paths.constFirst()).isFile();
    if (mayBeLayer)
        readAsLayer(error);
    else
        note(error);
}

void FileSource::readAsLayer(const Error &why)
{
    m_layer = std::make_unique<LayerSource>(m_paths.constFirst());
    connect(m_layer.get(), &ImageSource::changed, this, [this, why] { handleLayer(why); });
    m_layer->read();
}

void FileSource::handleLayer(const Error &why)
{
    clear();
    for (const SourceImage &image : m_layer->images())
        add(image);
    for (const Error &error : m_layer->failures())
        note(error.kind == Error::Kind::InvalidInput ? why : error); // It is no layer either.
    if (!failures().isEmpty())
        m_layer.release()->deleteLater(); // It is the one who tells.
    emit changed();
}

void FileSource::setWishes(const LayerWishes &wishes)
{
    if (m_layer)
        m_layer->setWishes(wishes);
}

QString FileSource::content() const
{
    return m_layer ? m_layer->content() : QString();
}

/// Of several files, somebody has to know which it was.
void FileSource::note(Error error)
{
    const QString name = nameOf(m_paths.value(m_next, m_paths.constLast()));
    if (!error.message.contains(displayText(name)))
        error.message =
            tr("%1: %2", "a file, and what is wrong with it").arg(quotedText(name), error.message);
    addFailure(error);
}

void FileSource::handleFiles(const std::shared_ptr<LayoutSession> &files)
{
    m_form = files->form();
    const QList<LayoutImage> &stored = files->names().images();
    const QString from = nameOf(m_paths.at(m_next));
    for (const LayoutImage &image : stored)
        add({files, image.repository, image.reference, image.name, from, {}, image.hasPlainLayers});
}

} // namespace Longshore::Ui
