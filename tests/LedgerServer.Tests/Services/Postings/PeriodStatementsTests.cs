using System.Globalization;
using System.Text;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.Protos.Agreement.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Postings;

public sealed class PeriodStatementsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStatement_OfAClosedPeriod_LinesSumToTotalsThatTheClosingReceiptProves()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await OpenAsync(fixture);
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        var open = (await payments.GetPoolAsync(new() { PoolId = "pool", PeriodId = "past" }, cancellationToken: Stop)).Holding;
        await fixture.AcceptAsync("platform", payload => payload.SettlePool = new SettlePool { PoolId = "pool", PeriodId = "past", ExpectedAmount = Market.Eur(1_001) });
        var closed = await fixture.AcceptAsync("operator", payload => payload.CloseSettlementPeriod = new CloseSettlementPeriod { PeriodId = "past" });

        var request = new GetStatementRequest { OrganizationId = "producer", CurrencyCode = "EUR", PeriodId = "past", PageSize = 1 };
        var first = await payments.GetStatementAsync(request, cancellationToken: Stop);
        var second = await payments.GetStatementAsync(new(request) { PageToken = first.NextPageToken }, cancellationToken: Stop);

        Assert.Equal((1_001, 4UL, 2U, 2U, false), (open.Paid.MinorUnits, open.Units, open.Works, open.WorksRemaining, open.Divided));
        Assert.True(first.Closed);
        Assert.Equal(first.Credits.MinorUnits, first.Lines.Concat(second.Lines).Sum(line => line.Amount.MinorUnits));
        Assert.Equal((0, 701), (first.Debits.MinorUnits, first.Credits.MinorUnits));
        Assert.Equal(["work-0", "work-1"], first.Lines.Concat(second.Lines).Select(line => line.WorkId));
        foreach (var line in first.Lines.Concat(second.Lines))
        {
            var receipt = (await fixture.Ledger.GetReceiptAsync(new() { Sequence = line.Sequence }, cancellationToken: Stop)).Receipt;
            Assert.Equal(MerkleHasher.HashLeaf(receipt.Leaf.Span).ToArray(), line.LeafHash.ToByteArray());
            Assert.Equal(line.Amount, Receipt.Parser.ParseFrom(receipt.Leaf).Effects[(int)line.EffectIndex].Posting.Amount);
        }

        var root = closed.Receipt.Effects.Single(effect => effect.PeriodClosed is not null).PeriodClosed.StatementsRoot;
        Assert.Equal(closed.Receipt.Sequence, first.Proof.ClosedAtSequence);
        Assert.True(ProofVerifier.VerifyInclusion(
            MerkleHasher.HashLeaf(first.Proof.Leaf.Span), first.Proof.LeafIndex, first.Proof.TreeSize, [.. first.Proof.Hashes.Select(hash => new Hash256(hash.Span))], new Hash256(root.Span)));
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"kp-statement/v1\npast\nproducer\nEUR\n2\n{first.OpeningBalance.MinorUnits}\n0\n701\n{first.ClosingBalance.MinorUnits}\n"),
            Encoding.UTF8.GetString(first.Proof.Leaf.Span));

        var period = Assert.Single((await payments.ListSettlementPeriodsAsync(new(), cancellationToken: Stop)).Periods);
        Assert.Equal(("past", root, first.Proof.TreeSize), (period.PeriodId, period.StatementsRoot, period.Statements));
        Assert.Null((await payments.GetPoolAsync(new() { PoolId = "pool", PeriodId = "past" }, cancellationToken: Stop)).Holding);
    }

    [Fact]
    public async Task GetStatement_OfAnOpenPeriod_IsNotFinalAndUnknownOnesAreNotFound()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await OpenAsync(fixture);
        var payments = new PaymentService.PaymentServiceClient(fixture.Server.Channel);
        var request = new GetStatementRequest { OrganizationId = "platform", CurrencyCode = "EUR", PeriodId = "past" };

        var open = await payments.GetStatementAsync(request, cancellationToken: Stop);

        Assert.False(open.Closed);
        Assert.Null(open.Proof);
        Assert.Empty(open.Lines);
        await RefuseAsync(StatusCode.NotFound, async () => await payments.GetStatementAsync(new(request) { PeriodId = "none" }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.NotFound, async () => await payments.GetPoolAsync(new() { PoolId = "none" }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.NotFound, async () => await payments.GetPoolAsync(new() { PoolId = "pool", PeriodId = "none" }, cancellationToken: Stop));
        await RefuseAsync(StatusCode.InvalidArgument, async () => await payments.GetPoolAsync(new(), cancellationToken: Stop));
        await RefuseAsync(StatusCode.InvalidArgument, async () => await payments.ListSettlementPeriodsAsync(new() { PageSize = -1 }, cancellationToken: Stop));
    }

    // A period that was over before it opened, so that no test waits for an end.
    private static async Task OpenAsync(LedgerFixture fixture)
    {
        await Market.OpenAsync(fixture, works: 2);
        await AgreeAsync(fixture);
        await fixture.AcceptAsync("operator", payload => payload.OpenSettlementPeriod = new OpenSettlementPeriod
        {
            PeriodId = "past",
            StartsAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(50)),
            EndsAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(51)),
        });
        await fixture.AcceptAsync("platform", payload => payload.OpenPool = new OpenPool
        {
            PoolId = "pool",
            AccountId = "pool-account",
            CurrencyCode = "EUR",
            Exponent = 2,
            Method = PoolMethod.UserCentric,
            MemberOrganizationIds = { "technology" },
        });
        await fixture.AcceptAsync("platform", payload => payload.Subscribe = new Subscribe
        {
            SubscriptionId = "s",
            PoolId = "pool",
            LearnerPseudonym = Market.Learner,
            PayerAccountId = Market.WalletId,
            Amount = Market.Eur(1_001),
            PeriodId = "past",
        });
        await fixture.AcceptAsync("technology", payload => payload.RecordUsage = new RecordUsage
        {
            PoolId = "pool",
            PeriodId = "past",
            Entries =
            {
                new UsageEntry { WorkId = "work-0", LearnerPseudonym = Market.Learner, Units = 3 },
                new UsageEntry { WorkId = "work-1", LearnerPseudonym = Market.Learner, Units = 1 },
            },
        });
    }

    private static async Task AgreeAsync(LedgerFixture fixture)
    {
        var terms = Market.Terms();
        terms.AgreementId = "subscriptions";
        terms.Splits[0].RevenueKind = RevenueKind.Subscription;
        await fixture.AcceptAsync("producer", payload => payload.ProposeAgreement = new ProposeAgreement { Terms = terms });
        var hash = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(terms.ToByteArray()));
        foreach (var party in new[] { "platform", "technology", "operator" })
        {
            await fixture.AcceptAsync(party, payload => payload.AcceptAgreement = new AcceptAgreement { AgreementId = "subscriptions", Version = 1, TermsHash = hash });
        }
    }

    private static async Task RefuseAsync(StatusCode code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
