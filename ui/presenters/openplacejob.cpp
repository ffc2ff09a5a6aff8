// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/openplacejob.h"

#include "core/base/displaytext.h"
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/registrypresenter.h"

#include <QFileInfo>

namespace Longshore::Ui {

OpenPlaceJob::OpenPlaceJob(RegistryPresenter &registries, const TransferPlace &place,
                           QObject *parent)
    : ResultJob(parent), m_registries(&registries), m_place(place)
{}

std::optional<Error> objectionTo(const TransferPlace &place, const RegistryPresenter &registries)
{
    if (!place.path.isEmpty() && !QFileInfo::exists(place.path))
        return Error{Error::Kind::NotFound,
                     OpenPlaceJob::tr("%1 is not there any more.").arg(quotedPath(place.path))};
    if (place.path.isEmpty() && !registries.store().find(place.connectionId))
        return Error{Error::Kind::NotFound,
                     OpenPlaceJob::tr("The connection that it used was removed.")};
    return {};
}

void OpenPlaceJob::doStart()
{
    if (!m_registries)
        return fail(Error::cancelled());
    if (const auto objection = objectionTo(m_place, *m_registries))
        return fail(*objection);
    if (m_place.path.isEmpty())
        openConnection();
    else
        openFiles();
}

void OpenPlaceJob::openFiles()
{
    runChild(new OpenLayoutJob(m_place.path),
             [this](const Result<std::shared_ptr<LayoutSession>> &opened) {
                 if (!opened)
                     return fail(opened.error());
                 succeed(*opened);
             });
}

void OpenPlaceJob::openConnection()
{
    if (auto session = m_registries->session(m_place.connectionId))
        return succeed(std::move(session));
    connect(m_registries, &RegistryPresenter::sessionOpened, this, [this](const QString &id) {
        if (id == m_place.connectionId && isRunning())
            succeed(m_registries->session(id));
    });
    connect(m_registries, &RegistryPresenter::openingFailed, this,
            [this](const QString &id, const Error &error) {
                if (id == m_place.connectionId && isRunning())
                    fail(error);
            });
    connect(m_registries, &RegistryPresenter::openingStopped, this, [this](const QString &id) {
        // Not as cancelled: what a transfer has brought already would be thrown away.
        if (id == m_place.connectionId && isRunning())
            fail({Error::Kind::Network, tr("Connecting was stopped.")});
    });
    connect(&m_registries->store(), &ConnectionStore::changed, this, [this] {
        if (const auto objection = objectionTo(m_place, *m_registries); objection && isRunning())
            fail(*objection);
    });
    m_registries->open(m_place.connectionId);
}

} // namespace Longshore::Ui
