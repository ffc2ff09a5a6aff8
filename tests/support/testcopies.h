// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/testtabs.h"
#include "ui/mainwindow/copycommands.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"

/// The commands that copy, with a list of transfers of their own.
class TestCopies : public TestTabs
{
public:
    Longshore::Ui::TransferListModel transferModel;
    Longshore::TransferQueue queue;
    Longshore::Ui::TransferPresenter transfers{queue, transferModel};
    QWidget owner; ///< Goes before the tabs, as the parts of the window do.
    Longshore::Ui::CopyCommands *commands =
        new Longshore::Ui::CopyCommands(registries, transfers, transferModel, settings, &owner);
};
