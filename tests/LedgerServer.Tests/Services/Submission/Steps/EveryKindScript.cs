namespace KpGrpc.LedgerServer.Tests.Services.Submission.Steps;

/// <summary>Commands of every kind in an order in which they are accepted. The first of a kind is its sample.</summary>
internal static class EveryKindScript
{
    public static IEnumerable<CommandStep> Of(EveryKindLedger ledger) =>
        Parts(ledger).SelectMany(part => part);

    private static IEnumerable<IEnumerable<CommandStep>> Parts(EveryKindLedger ledger) =>
    [
        MembershipSteps.Of(ledger),
        MoneySteps.Of(),
        RightsSteps.Of(ledger),
        AgreementSteps.Of(),
        SaleSteps.Of(),
        PoolSteps.Of(ledger.Clock.GetUtcNow()),
        SharingSteps.Of(),
        GovernanceSteps.Of(ledger),
    ];
}
