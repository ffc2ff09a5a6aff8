// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeconnection.h"
#include "support/testlayout.h"
#include "support/testwindow.h"
#include "ui/dialogs/copydialog.h"
#include "ui/presenters/filesource.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

/// The dialog that brings images into a registry, alone with a fake one and a layout to upload.
class CopyReview
{
public:
    CopyReview()
    {
        registry().addRepository(QStringLiteral("team/app"));
        targets.append(
            {QStringLiteral("one"), QStringLiteral("Lab"),
             std::shared_ptr<Longshore::RegistrySession>(connection, &connection->session)});
    }
    Q_DISABLE_COPY_MOVE(CopyReview)

    [[nodiscard]] FakeRegistry &registry() const { return connection->registry; }
    /// Saves an image of that name in the layout.
    Longshore::Digest save(const QList<QString> &names)
    {
        QList<std::pair<QString, Longshore::Digest>> entries;
        for (const QString &name : names)
            entries.append(
                {name, TestImages::addImage(maker, QStringLiteral("a"), QStringLiteral("t"),
                                            {.layers = {"base", name.toUtf8()}})});
        layout.save(maker, QStringLiteral("a"), entries);
        return entries.first().second;
    }
    /// Opens the dialog on \a source, or on the layout.
    void show(std::unique_ptr<Longshore::Ui::ImageSource> source = {},
              const QString &repository = QStringLiteral("team/app"))
    {
        using namespace Longshore::Ui;
        if (!source)
            source = std::make_unique<FileSource>(QStringList{layout.path()});
        dialog = std::make_unique<CopyDialog>(
            std::move(source), targets, CopyDialog::Proposal{QStringLiteral("one"), repository});
        dialog->open();
        if (!QTest::qWaitForWindowActive(dialog.get()))
            qFatal("the dialog does not come to the front");
    }
    [[nodiscard]] bool awaitPlan() const
    {
        return QTest::qWaitFor([this] { return dialog->presenter().isPlanned(); }, 20'000);
    }
    [[nodiscard]] QPushButton &go() const
    {
        return child<QPushButton>(*dialog, QStringLiteral("upload"));
    }
    [[nodiscard]] QCheckBox &overwrite() const
    {
        return child<QCheckBox>(*dialog, QStringLiteral("overwrite"));
    }
    [[nodiscard]] QString label(const QString &name) const
    {
        return child<QLabel>(*dialog, name).text();
    }
    [[nodiscard]] QString note() const { return label(QStringLiteral("copyNote")); }
    [[nodiscard]] QString tag() const
    {
        return child<QLineEdit>(*dialog, QStringLiteral("targetTag")).text();
    }
    /// Nothing but questions went to the registry.
    [[nodiscard]] bool wasOnlyAsked() const
    {
        return registry().count("PUT") + registry().count("POST") + registry().count("PATCH")
                   + registry().count("DELETE")
               == 0;
    }

    FakeRegistry maker; ///< Makes documents.
    TestLayout layout;
    std::shared_ptr<FakeConnection> connection = std::make_shared<FakeConnection>();
    QList<Longshore::Ui::CopyTarget> targets;
    std::unique_ptr<Longshore::Ui::CopyDialog> dialog;
};
