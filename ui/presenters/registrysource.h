// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/imagesource.h"

namespace Longshore::Ui {

/// Images of one repository of a registry, or of files that are open like one.
class RegistrySource final : public ImageSource
{
    Q_OBJECT

public:
    RegistrySource(const std::shared_ptr<Session> &session, const RepositoryName &repository,
                   const QList<Reference> &references, QObject *parent = nullptr);

    [[nodiscard]] Kind kind() const override { return m_kind; }
    [[nodiscard]] QString description() const override;

private:
    const Kind m_kind;
    const QString m_place; ///< "registry.lab:5000/team/app".
};

} // namespace Longshore::Ui
