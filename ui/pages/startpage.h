// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"
#include "ui/presenters/credentialpresenter.h"
#include "ui/presenters/recentfiles.h"

#include <QWidget>

class QAction;
class QBoxLayout;
class QLabel;
class QPushButton;

namespace Longshore::Ui {

class RegistryPresenter;

/// What the window shows while no tab is open: where to begin, or to go on.
class StartPage final : public QWidget
{
    Q_OBJECT

public:
    StartPage(const QList<QAction *> &actions, RegistryPresenter &registries,
              WindowSettings &settings, QWidget *parent = nullptr);

signals:
    /// The person wants to use a registry that Docker or Podman are signed in to.
    void registryRequested(const QString &host);
    /// The person wants to look once more into files with images.
    void fileRequested(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QLayout *makeButtons(const QList<QAction *> &actions);
    void connectRegistries();
    void showText();
    void showFound();
    void addFound(const KnownRegistry &registry);
    void showRecent();
    void addRecent(const QString &path);
    void updateRecent(const QString &path);

    RegistryPresenter &m_registries;
    WindowSettings &m_settings;
    CredentialPresenter m_offers;
    RecentFiles m_files;
    QLabel *m_headline;
    QLabel *m_hint;
    QWidget *m_found;
    QBoxLayout *m_foundLayout;
    QWidget *m_recent;
    QBoxLayout *m_recentLayout;
    QHash<QString, QPushButton *> m_recentButtons; ///< By their paths.
};

} // namespace Longshore::Ui
