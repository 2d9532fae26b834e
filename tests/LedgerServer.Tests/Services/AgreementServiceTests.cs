using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class AgreementServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordRevenue_OfAdvertising_IsSplitByItsOwnTerms()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture, walletOwner: new AccountOwner { OrganizationId = "platform" });
        await fixture.AcceptAsync("producer", payload => payload.ProposeAgreement = new ProposeAgreement { Terms = Advertising() });
        await AcceptAllAsync(fixture, Advertising());

        var answered = await fixture.AcceptAsync("platform", payload => payload.RecordRevenue = new RecordRevenue
        {
            RevenueId = "ad-1",
            RevenueKind = RevenueKind.Advertising,
            WorkId = "work-0",
            PayerAccountId = Market.WalletId,
            Amount = Market.Eur(1_001),
        });

        var split = answered.Receipt.Effects.Single(effect => effect.RevenueSplit is not null).RevenueSplit.Split;
        Assert.Equal([("producer", 501L), ("platform", 500)], split.Lines.Where(line => line.Amount.MinorUnits > 0).Select(line => (line.OrganizationId, line.Amount.MinorUnits)));
        Assert.Equal(RevenueKind.Advertising, split.RevenueKind);
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        var balance = (await payments.GetBalanceAsync(new() { AccountId = "revenue/producer/EUR" }, cancellationToken: Stop)).Balance;
        Assert.Equal(501, balance.CreditsPosted.MinorUnits);
    }

    [Fact]
    public async Task RefuseAgreement_OfAProposal_EndsItAndKeepsTheActiveOne()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);
        await fixture.AcceptAsync("producer", payload => payload.ProposeAgreement = new ProposeAgreement { Terms = Advertising() });

        await fixture.AcceptAsync("operator", payload => payload.RefuseAgreement = new RefuseAgreement { AgreementId = "agreement", Version = 2, Reason = "too little" });

        var agreements = new AgreementService.AgreementServiceClient(fixture.Server.Channel);
        var refused = (await agreements.GetAgreementAsync(new() { AgreementId = "agreement", Version = 2 }, cancellationToken: Stop)).Agreement;
        var active = (await agreements.GetActiveAgreementAsync(new() { WorkId = "work-0" }, cancellationToken: Stop)).Agreement;
        Assert.Equal((AgreementStatus.Refused, 1U), (refused.Status, active.Terms.Version));
    }

    [Fact]
    public async Task TerminateAgreement_AtOnce_LeavesTheWorkWithoutOne()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await Market.OpenAsync(fixture);

        var answered = await fixture.AcceptAsync("technology", payload => payload.TerminateAgreement = new TerminateAgreement { AgreementId = "agreement", Version = 1 });

        Assert.Equal(AgreementStatus.Terminated, Assert.Single(answered.Receipt.Effects).AgreementEnded.Status);
        var agreements = new AgreementService.AgreementServiceClient(fixture.Server.Channel);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await agreements.GetActiveAgreementAsync(new() { WorkId = "work-0" }, cancellationToken: Stop));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private static AgreementTerms Advertising()
    {
        var terms = Market.Terms();
        terms.Version = 2;
        terms.Splits.Add(new Split
        {
            RevenueKind = RevenueKind.Advertising,
            Rounding = RoundingRule.LargestRemainder,
            Parties =
            {
                new Party { OrganizationId = "producer", Role = Role.Producer, Ppm = 500_000 },
                new Party { OrganizationId = "platform", Role = Role.Platform, Ppm = 500_000 },
            },
        });
        return terms;
    }

    private static async Task AcceptAllAsync(LedgerFixture fixture, AgreementTerms terms)
    {
        var hash = ByteString.CopyFrom(SHA256.HashData(terms.ToByteArray()));
        foreach (var party in new[] { "platform", "technology", "operator" })
        {
            await fixture.AcceptAsync(party, payload => payload.AcceptAgreement = new AcceptAgreement { AgreementId = "agreement", Version = 2, TermsHash = hash });
        }
    }
}
