using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Limits;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Agreements.Limits;

public sealed class MinimumGuaranteeTests
{
    [Theory]
    [InlineData(-5, 100)]
    [InlineData(0, 100)]
    [InlineData(99, 1)]
    [InlineData(100, 0)]
    [InlineData(long.MaxValue, 0)]
    public void GapOf_Earned_IsWhatIsMissing(long earned, long gap)
    {
        var guarantee = Assert.Single(MinimumGuarantee.Of(Version()));

        Assert.Equal((RevenueKind.Advertising, "prod", "plat"), (
            guarantee.RevenueKind, guarantee.Party.OrganizationId, guarantee.GuarantorOrganizationId));
        Assert.Equal(SampleCommands.Eur(gap), guarantee.GapOf(earned));
    }

    private static AgreementVersion Version()
    {
        var terms = SampleCommands.Agreement().Terms;
        var guaranteed = SampleCommands.Party("prod", Role.Producer, 1) with
        {
            MinimumGuarantee = SampleCommands.Eur(100),
            GuarantorOrganizationId = "plat",
        };
        return new AgreementVersion
        {
            Terms = terms with
            {
                Splits =
                [
                    terms.Splits[0],
                    terms.Splits[0] with
                    {
                        RevenueKind = RevenueKind.Advertising,
                        Parties = [SampleCommands.Party("plat", Role.Platform, 999_999), guaranteed],
                    },
                ],
            },
            TermsHash = default,
            Status = AgreementStatus.Active,
            ProposedByOrganizationId = "prod",
            Acceptances = [],
            ProposedAtSequence = 0,
        };
    }
}
