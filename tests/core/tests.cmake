# SPDX-License-Identifier: Apache-2.0
longshore_test(core/base/tst_job.cpp)
longshore_test(core/http/tst_exchange.cpp)
longshore_test(core/http/tst_httpjob.cpp)
longshore_test(core/registry/tst_registrysession.cpp)
longshore_test(core/transfer/tst_downloadblobjob.cpp)
longshore_test(core/cleanup/tst_deletetagsjob.cpp)
longshore_test(core/cleanup/tst_deletionplan.cpp)
