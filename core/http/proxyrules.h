// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>
#include <QList>
#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QUrl>

#include <memory>
#include <optional>

namespace Longshore {

/// Through which proxy a request goes, if through any. This machine is never asked for through one.
///
/// Qt knows fewer forms of $NO_PROXY than people write, and takes "reg.lab" for the end of any name.
class ProxyRules
{
public:
    /// Everything goes the direct way.
    ProxyRules() = default;

    /// $HTTPS_PROXY, $HTTP_PROXY, $ALL_PROXY and $NO_PROXY, in either case, as Go reads them.
    [[nodiscard]] static ProxyRules fromEnvironment(const QProcessEnvironment &environment);
    /// Those of this process; null when there are none.
    [[nodiscard]] static std::shared_ptr<const ProxyRules> ofEnvironment();
    /// One proxy for everything but \a exceptions, which are written as in $NO_PROXY.
    [[nodiscard]] static ProxyRules through(const QString &proxy, const QString &exceptions = {});

    /// Whether nothing ever goes through a proxy.
    [[nodiscard]] bool isEmpty() const { return m_forHttp.isEmpty() && m_forHttps.isEmpty(); }

    /// Empty for the direct way. Holds the name and the password for the proxy, if it takes some.
    [[nodiscard]] QUrl proxyFor(const QUrl &url) const;

private:
    /// A host, or many, that are asked directly.
    struct Exception
    {
        QString host; ///< Lower case; empty for addresses.
        bool isItself = true; ///< The host too, not only what is below it.
        std::optional<QPair<QHostAddress, int>> subnet = {};
        int port = -1; ///< -1 for all.
    };

    [[nodiscard]] static std::optional<Exception> readException(QString text);
    void addExceptions(const QString &list);
    [[nodiscard]] bool isException(const QUrl &url) const;

    QUrl m_forHttp;
    QUrl m_forHttps;
    QList<Exception> m_exceptions;
    bool m_isOff = false; ///< "*" is among the exceptions.
};

/// The way to \a url by \a rules, or, without any, by what Qt knows of the application and the
/// desktop. Nothing when the proxy is of a kind that cannot be used.
[[nodiscard]] std::optional<QNetworkProxy> routeTo(const QUrl &url, const ProxyRules *rules);

/// Tells Qt what routeTo() says.
class ProxyFactory final : public QNetworkProxyFactory
{
public:
    /// What a connection carries. Qt reads one that it knows to be direct past its buffer: good for
    /// bytes in bulk, and a system call for each byte of the headers. Small are answers to requests
    /// that change nothing: with a buffer Qt repeats what ends without an answer more often.
    enum class Answers : quint8 { Large, Small };

    /// Null \a rules are those of the application and the desktop.
    ProxyFactory(std::shared_ptr<const ProxyRules> rules, Answers answers)
        : m_rules(std::move(rules)), m_answers(answers)
    {}
    /// What routeTo() says; where it refuses, the request was refused before.
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

private:
    std::shared_ptr<const ProxyRules> m_rules;
    Answers m_answers;
};

} // namespace Longshore
