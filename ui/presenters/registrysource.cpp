// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/registrysource.h"

#include "core/base/displaytext.h"
#include "core/layout/layoutsession.h"

namespace Longshore::Ui {

RegistrySource::RegistrySource(const std::shared_ptr<Session> &session,
                               const RepositoryName &repository, const QList<Reference> &references,
                               QObject *parent)
    : ImageSource(parent)
    , m_kind(std::dynamic_pointer_cast<LayoutSession>(session) ? Kind::Files : Kind::Registry)
    , m_place(session->host() + u'/' + repository.toString())
{
    for (const Reference &reference : references) {
        const QChar mark = reference.digest() ? u'@' : u':';
        add({session, repository, reference, reference.toString(),
             m_place + mark + reference.toString()});
    }
}

QString RegistrySource::description() const
{
    if (images().size() == 1)
        return displayText(images().constFirst().from);
    return tr("%1: %2", "a repository, and how many images")
        .arg(displayText(m_place), tr("%n image(s)", nullptr, static_cast<int>(images().size())));
}

} // namespace Longshore::Ui
