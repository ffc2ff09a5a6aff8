// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/connectionstore.h"
#include "ui/presenters/credentialpresenter.h"

#include <QWidget>

class QAction;
class QBoxLayout;

namespace Longshore::Ui {

/// What the window shows while no tab is open: where to begin.
class StartPage final : public QWidget
{
    Q_OBJECT

public:
    StartPage(const QList<QAction *> &actions, const ConnectionStore &connections,
              QWidget *parent = nullptr);

signals:
    /// The person wants to use a registry that Docker or Podman are signed in to.
    void registryRequested(const QString &host);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showFound();
    void addFound(const KnownRegistry &registry);

    const ConnectionStore &m_connections;
    CredentialPresenter m_offers;
    QWidget *m_found;
    QBoxLayout *m_foundLayout;
};

} // namespace Longshore::Ui
