// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/connectionpresenter.h"

#include "core/base/displaytext.h"
#include "core/registry/registrysession.h"
#include "core/settings/connectioncredentials.h"
#include "core/settings/tokenserverstore.h"
#include "ui/format/errortext.h"
#include "ui/models/checklistmodel.h"

#include <QHostInfo>

namespace Longshore::Ui {

using State = CheckListModel::State;

ConnectionPresenter::ConnectionPresenter(Network &network, CheckListModel &model, QObject *parent)
    : QObject(parent), m_network(network), m_model(model)
{}

ConnectionPresenter::~ConnectionPresenter() = default;

void ConnectionPresenter::stop()
{
    if (m_job) {
        m_job->disconnect(this);
        m_job->deleteLater(); // It may be the one that is calling.
        m_job.clear();
    }
    m_session.reset();
}

void ConnectionPresenter::test(const QString &address, const Credentials &credentials)
{
    test(SavedConnection{{}, {}, address}, credentials);
}

void ConnectionPresenter::test(const SavedConnection &connection, const Credentials &credentials)
{
    stop();
    m_model.setSteps({tr("Name found"), tr("Server reached"), tr("Encrypted"), tr("Registry"),
                      tr("Signed in"), tr("List of repositories")});
    const auto parsed = RegistryAddress::parse(connection.address);
    if (!parsed)
        return fail(Resolve, parsed.error());
    const auto tls = readTlsChoice(connection.tls);
    if (!tls)
        return fail(Encrypt, tls.error());
    m_options = {*parsed, credentials, {}};
    m_options.settings.tls = *tls;
    m_options.settings.mayLeadInwards = connection.mayLeadInwards;
    m_source = {};
    if (credentials.isEmpty())
        find(connection, *parsed);
    else
        resolve(parsed->url(QStringLiteral("https")).host());
}

void ConnectionPresenter::find(const SavedConnection &connection, const RegistryAddress &address)
{
    const QString host = address.url(QStringLiteral("https")).host();
    const auto question = credentialQuestion(connection, address);
    if (!question)
        return resolve(host);
    auto *job = new FindCredentialsJob(*question, this);
    m_job = job;
    job->then(this, [this, host](const Result<FoundCredentials> &found) {
        if (found) {
            m_options.setAccount(*found);
            m_source = found->source;
        }
        resolve(host);
    });
    job->start();
}

void ConnectionPresenter::begin(Step step)
{
    m_clock.start();
    m_model.setState(step, State::Running);
}

void ConnectionPresenter::pass(Step step, const QString &remark)
{
    m_model.setState(step, State::Passed,
                     remark.isEmpty() ? tr("good (%1 ms)").arg(m_clock.elapsed()) : remark);
}

void ConnectionPresenter::skip(Step step, const QString &remark)
{
    m_model.setState(step, State::Skipped, remark);
}

void ConnectionPresenter::fail(Step step, const Error &error)
{
    m_model.setState(step, State::Failed, errorText(error).summary());
    if (m_job)
        m_job->deleteLater();
    m_job.clear();
    emit failed(error);
}

void ConnectionPresenter::resolve(const QString &host)
{
    begin(Resolve);
    auto *lookup = new QObject(this);
    m_job = lookup;
    QHostInfo::lookupHost(host, lookup, [this, host, lookup](const QHostInfo &info) {
        if (m_job != lookup)
            return; // Stopped: it is only gone a little later.
        if (info.error() != QHostInfo::NoError)
            return fail(Resolve,
                        {Error::Kind::Network,
                         tr("There is no host named %1. Check the address.").arg(quotedText(host)),
                         info.errorString()});
        pass(Resolve);
        m_job->deleteLater();
        m_job.clear();
        open();
    });
}

void ConnectionPresenter::open()
{
    begin(Connect);
    // Nobody is asked here: what was not agreed to before fails, and says so.
    m_options.consent = std::make_shared<RememberedConsent>(TokenServerStore());
    auto *job = new OpenRegistryJob(m_network, m_options, this);
    m_job = job;
    job->then(this, [this](const auto &opened) { handleOpened(opened); });
    job->start();
}

void ConnectionPresenter::handleOpened(const Result<OpenedRegistry> &opened)
{
    if (!opened) {
        const Error &error = opened.error();
        if (error.kind == Error::Kind::Network || error.kind == Error::Kind::Timeout)
            return fail(Connect, error);
        pass(Connect);
        if (error.kind == Error::Kind::Tls)
            return fail(Encrypt, error);
        showEncryption(m_options.address.transport == RegistryAddress::Transport::Secure);
        return fail(Registry, error);
    }
    m_session = opened->session;
    pass(Connect);
    showEncryption(m_session->isEncrypted());
    pass(Registry, opened->answer.apiVersion);
    signIn();
}

void ConnectionPresenter::showEncryption(bool isEncrypted)
{
    const TlsSettings tls = m_options.settings.tls ? *m_options.settings.tls : TlsSettings();
    if (!isEncrypted)
        skip(Encrypt, tr("no, this server speaks plain HTTP"));
    else if (!tls.pinnedSha256.isEmpty())
        pass(Encrypt, tr("yes, and the certificate is the one that you trust"));
    else if (!tls.isVerified)
        skip(Encrypt, tr("yes, but the certificate was not verified"));
    else
        pass(Encrypt, tr("yes, and the certificate is trusted"));
}

void ConnectionPresenter::signIn()
{
    begin(SignIn);
    ResultJob<Done> *job = m_session->checkSignIn();
    m_job = job;
    job->then(this, [this](const Result<Done> &result) {
        // Some registries refuse an anonymous ping and serve public images all the same.
        const bool isAnonymous = m_session->credentials().isEmpty();
        if (!result && !isAnonymous)
            return fail(SignIn, result.error());
        if (!m_session->account().isAnonymous() && isAnonymous)
            skip(SignIn, tr("for parts of the registry"));
        else if (isAnonymous)
            skip(SignIn, result ? tr("not asked for") : tr("asked for; you come anonymously"));
        else
            pass(SignIn, signInRemark());
        listRepositories();
    });
    job->start();
}

QString ConnectionPresenter::signInRemark() const
{
    const QString user = m_session->credentials().user;
    const QString account =
        user.isEmpty() ? tr("by an identity token") : tr("as %1").arg(quotedText(user));
    return m_source.kind == CredentialSource::Kind::None
               ? account
               : tr("%1, %2", "as somebody, from somewhere").arg(account, m_source.toString());
}

void ConnectionPresenter::listRepositories()
{
    begin(Catalog);
    ListNamesJob *job = m_session->listRepositories();
    m_job = job;
    job->then(this, [this](const Result<ListSummary> &summary) {
        if (!summary && !isCatalogRefusal(summary.error()))
            return fail(Catalog, summary.error());
        if (summary)
            pass(Catalog, tr("%n name(s)", nullptr, static_cast<int>(summary->count)));
        else
            skip(Catalog, tr("kept private by this server; names can be added by hand"));
        m_job.clear(); // Who hears of the end may start anew.
        emit passed();
    });
    job->start();
}

} // namespace Longshore::Ui
