// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentialsource.h"
#include "core/registry/openregistryjob.h"
#include "core/settings/connectionstore.h"

#include <QElapsedTimer>
#include <QPointer>

namespace Longshore::Ui {

class CheckListModel;

/// Tries a connection step by step, so that a failure names the step.
class ConnectionPresenter final : public QObject
{
    Q_OBJECT

public:
    ConnectionPresenter(Network &network, CheckListModel &model, QObject *parent = nullptr);
    ~ConnectionPresenter() override;

    /// \a address as typed. Ends a test that is running.
    void test(const QString &address, const Credentials &credentials);
    /// Without credentials it looks for them where the connection says.
    void test(const SavedConnection &connection, const Credentials &credentials);
    void stop();
    [[nodiscard]] bool isTesting() const { return !m_job.isNull(); }

signals:
    void passed();
    void failed(const Longshore::Error &error);

private:
    enum Step { Resolve, Connect, Encrypt, Registry, SignIn, Catalog, StepCount };

    void find(const SavedConnection &connection, const RegistryAddress &address);
    void resolve(const QString &host);
    void open();
    void handleOpened(const Result<OpenedRegistry> &opened);
    void showEncryption(bool isEncrypted);
    void signIn();
    void listRepositories();
    [[nodiscard]] QString signInRemark() const;
    void pass(Step step, const QString &remark = {});
    void skip(Step step, const QString &remark);
    void fail(Step step, const Error &error);
    void begin(Step step);

    Network &m_network;
    CheckListModel &m_model;
    OpenRegistryJob::Options m_options;
    CredentialSource m_source; ///< Of credentials that were found.
    std::shared_ptr<RegistrySession> m_session;
    QPointer<QObject> m_job; ///< Whatever runs now; deleting it ends the test.
    QElapsedTimer m_clock;
};

} // namespace Longshore::Ui
