// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/testimages.h"

#include <QTemporaryDir>

/// An OCI image layout in a folder of its own, which goes with it.
class TestLayout
{
public:
    [[nodiscard]] QString path() const { return m_home.filePath(QStringLiteral("My Layout")); }
    [[nodiscard]] QString filePath(const QString &name) const { return path() + u'/' + name; }
    [[nodiscard]] QString blobPath(const Longshore::Digest &digest) const;

    /// Makes a layout of images of \a registry, all from one repository. \a names says what they are
    /// called; an empty name is none.
    void save(const FakeRegistry &registry, const QString &repository,
              const QList<std::pair<QString, Longshore::Digest>> &names);
    /// Replaces a file, whatever it was.
    void write(const QString &name, const QByteArray &bytes) const;
    [[nodiscard]] QByteArray read(const QString &name) const;

private:
    void saveManifest(const FakeRegistry &registry, const QString &repository,
                      const Longshore::Digest &digest) const;

    QTemporaryDir m_home;
};
