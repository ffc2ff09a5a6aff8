// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/registrysession.h"
#include "support/fakeregistry.h"

/// A fake registry and a session with it, which tries again at once.
class FakeConnection
{
public:
    explicit FakeConnection(int attempts = 2)
        : session(network, *Longshore::RegistryAddress::parse(registry.host()),
                  QStringLiteral("http"), settings(attempts))
    {}

    Longshore::Network network;
    FakeRegistry registry;
    Longshore::RegistrySession session;

private:
    static Longshore::HttpSettings settings(int attempts)
    {
        Longshore::HttpSettings result;
        result.retry.firstDelay = std::chrono::milliseconds(1);
        result.retry.attempts = attempts;
        return result;
    }
};
