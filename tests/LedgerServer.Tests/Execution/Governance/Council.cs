using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Governance;

/// <summary>Ledgers by who may approve.</summary>
internal static class Council
{
    public static DeclareCurrency Dollar { get; } = new(new CurrencyDefinition("USD", 2));

    /// <summary>A ledger with three approvers, op, op2 and reg, of which two are needed.</summary>
    public static TestLedger New(uint approvalsNeeded = 2)
    {
        var genesis = TestLedger.NewGenesis();
        return new TestLedger(genesis with
        {
            Organizations = [.. genesis.Organizations, TestLedger.Organization("op2", Role.Operator)],
            ApprovalsNeeded = approvalsNeeded,
        });
    }

    /// <summary>A ledger whose only approver is op.</summary>
    public static TestLedger Alone() => new(TestLedger.NewGenesis() with { ApproverOrganizationIds = ["op"] });

    /// <summary>Proposes and returns the change's hash.</summary>
    public static KpGrpc.MerkleLog.Hashing.Hash256 Propose(this TestLedger ledger, string by, CommandBody body) =>
        ledger.Accept(by, body).CommandHash;
}
