// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeregistry.h"

/// Keeps the answers to some requests of a registry back until the test wants them sent.
class HeldRequests
{
public:
    /// Requests of that method whose path contains \a pathPart.
    HeldRequests(FakeRegistry &registry, const QByteArray &method, const QString &pathPart)
        : m_registry(registry), m_state(std::make_shared<State>())
    {
        registry.intercept([method, pathPart, state = m_state](const TestRequest &request,
                                                               const TestConnection &connection) {
            if (!state->isHolding || request.method != method || !request.path().contains(pathPart))
                return false;
            state->waiting.append({request, connection});
            return true;
        });
    }

    /// How many wait; those whose client has given up count too.
    [[nodiscard]] qsizetype count() const { return m_state->waiting.size(); }
    void answerOne()
    {
        const auto [request, connection] = m_state->waiting.takeFirst();
        m_registry.answerNormally(request, connection);
    }
    /// Answers all, and holds no more.
    void release()
    {
        m_state->isHolding = false;
        while (count() > 0)
            answerOne();
    }

private:
    struct State
    {
        bool isHolding = true;
        QList<std::pair<TestRequest, TestConnection>> waiting;
    };

    FakeRegistry &m_registry;
    std::shared_ptr<State> m_state; ///< The registry may outlive this object.
};
