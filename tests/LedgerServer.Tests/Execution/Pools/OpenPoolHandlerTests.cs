using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Pools;

namespace KpGrpc.LedgerServer.Tests.Execution.Pools;

public sealed class OpenPoolHandlerTests
{
    [Fact]
    public void OpenPool_ByAPlatform_OpensThePoolAndItsAccount()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Accept("plat", PoolCommands.Pool());

        var account = ledger.State.Accounts.Find("pool-account")!.Account;
        Assert.Equal((AccountKind.Pool, "EUR", "plat"), (account.Kind, account.CurrencyCode, account.Owner.OrganizationId));
        Assert.Equal([new AccountOpened(account), new PoolOpened("pool", "pool-account")], receipt.Effects);
        Assert.Equal(("plat", PoolMethod.ProRata), (ledger.State.Pools.Find("pool")!.OwnerOrganizationId, ledger.State.Pools.All[0].Method));
    }

    [Fact]
    public void OpenPool_Faults_AreRefused()
    {
        var ledger = new TestLedger();
        ledger.Accept("plat", PoolCommands.Pool("taken"));
        var pool = PoolCommands.Pool();

        ledger.Refuse(RejectionReason.RoleMissing, "op", pool);
        ledger.Refuse(RejectionReason.Malformed, "plat", pool with { PoolId = "" });
        ledger.Refuse(RejectionReason.Malformed, "plat", pool with { AccountId = "a b" });
        ledger.Refuse(RejectionReason.Malformed, "plat", pool with { AccountId = "revenue/prod/EUR" });
        ledger.Refuse(RejectionReason.Malformed, "plat", pool with { AccountId = "foreign/other/EUR" });
        ledger.Refuse(RejectionReason.Malformed, "plat", pool with { Method = 0 });
        ledger.Refuse(RejectionReason.Malformed, "plat", pool with { MemberOrganizationIds = ["tech", "tech"] });
        ledger.Refuse(RejectionReason.Malformed, "plat", pool with { MemberOrganizationIds = ["plat"] });
        ledger.Refuse(RejectionReason.Malformed, "plat", pool with
        {
            MemberOrganizationIds = [.. Enumerable.Range(0, EngineLimits.PoolMembersMax + 1).Select(i => $"o{i}")],
        });
        ledger.Refuse(RejectionReason.UnknownCurrency, "plat", pool with { CurrencyCode = "USD" });
        ledger.Refuse(RejectionReason.ExponentMismatch, "plat", pool with { Exponent = 3 });
        ledger.Refuse(RejectionReason.AlreadyExists, "plat", pool with { PoolId = "taken" });
        ledger.Refuse(RejectionReason.AlreadyExists, "plat", pool with { AccountId = "taken-account" });
        ledger.Refuse(RejectionReason.UnknownOrganization, "plat", pool with { MemberOrganizationIds = ["nobody"] });
    }

    [Fact]
    public void OpenPool_AboveTheLimit_IsRefused()
    {
        var ledger = new TestLedger();
        for (var i = 0; i < EngineLimits.PoolsMax; i++)
        {
            ledger.State.Pools.Add(PoolOf($"p{i}"));
        }

        ledger.Refuse(RejectionReason.LimitReached, "plat", PoolCommands.Pool());
    }

    private static Pool PoolOf(string id) => new()
    {
        PoolId = id,
        AccountId = id,
        CurrencyCode = "EUR",
        Exponent = 2,
        Method = PoolMethod.ProRata,
        OwnerOrganizationId = "plat",
        MemberOrganizationIds = [],
        OpenedAtSequence = 0,
    };
}
