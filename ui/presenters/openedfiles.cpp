// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/openedfiles.h"

#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "ui/models/registrytreemodel.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = RegistryTreeModel::State;

OpenedFiles::OpenedFiles(RegistryTreeModel &model, QObject *parent)
    : QObject(parent), m_model(model)
{}

OpenedFiles::~OpenedFiles() = default;

const OpenedFiles::File *OpenedFiles::find(const QString &id) const
{
    const auto file =
        std::find_if(m_files.begin(), m_files.end(), [&](const File &one) { return one.id == id; });
    return file == m_files.end() ? nullptr : &*file;
}

QStringList OpenedFiles::ids() const
{
    QStringList result;
    for (const File &file : m_files)
        result.append(file.id);
    return result;
}

QString OpenedFiles::path(const QString &id) const
{
    const File *file = find(id);
    return file ? file->path : QString();
}

std::shared_ptr<LayoutSession> OpenedFiles::session(const QString &id) const
{
    const File *file = find(id);
    return file ? file->session : nullptr;
}

QString OpenedFiles::add(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    const QString id = "files:"_L1 + Digest::ofBytes(absolute.toUtf8()).encoded();
    if (!contains(id)) {
        m_files.append({id, absolute, {}, {}});
        emit changed();
    }
    read(id);
    return id;
}

void OpenedFiles::read(const QString &id)
{
    const File *file = find(id);
    if (!file || file->job)
        return;
    m_model.setState(id, State::Opening, tr("Reading\u2026"));
    auto *job = new OpenLayoutJob(file->path, this);
    m_files[file - m_files.constData()].job = job;
    job->then(this, [this, id, job](const Result<std::shared_ptr<LayoutSession>> &session) {
        const File *now = find(id);
        if (!now || now->job != job)
            return; // Somebody has closed it, and may have opened it again.
        m_files[now - m_files.constData()].job.clear();
        if (session)
            return handleFiles(id, *session);
        m_model.setState(id, State::Failed, session.error().message);
        emit failed(id, session.error());
    });
    job->start();
}

void OpenedFiles::handleFiles(const QString &id, const std::shared_ptr<LayoutSession> &session)
{
    m_files[find(id) - m_files.constData()].session = session;
    QStringList names;
    const QList<RepositoryName> repositories = session->names().repositories().keys();
    for (const RepositoryName &repository : repositories)
        names.append(repository.toString());
    m_model.clearRepositories(id);
    m_model.appendRepositories(id, names);
    m_model.setState(id, State::Ready,
                     names.isEmpty() ? tr("There is no image in it.") : QString());
    emit opened(id);
}

void OpenedFiles::remove(const QString &id)
{
    const File *file = find(id);
    if (!file)
        return;
    if (file->job)
        file->job->cancel();
    m_files.removeAt(file - m_files.constData());
    emit changed();
}

} // namespace Longshore::Ui
