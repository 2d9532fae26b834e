using Google.Rpc;

using Grpc.Core;

using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Storage;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.DependencyInjection;

using Receipt = KpGrpc.Protos.Ledger.V1.Receipt;

namespace KpGrpc.LedgerServer.Tests.Services.Postings;

public sealed class PostingReaderTests
{
    private const string Always = "Ledger:SnapshotTailBytesMin=1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListAsync_PagesOfAnySize_GiveEveryPostingOfTheReceiptsInOrder()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await TradeAsync(fixture, purchases: 3);
        var expected = await PostingsOfReceiptsAsync(fixture, "clearing", Market.WalletId);

        foreach (var (account, rows) in expected)
        {
            foreach (var size in new[] { 1, 2, 3, 1_000 })
            {
                var found = await ListAsync(fixture, new() { AccountId = account, PageSize = size });
                Assert.Equal(rows, found.Select(row => (row.Sequence, row.EffectIndex, row.Posting)));
            }
        }

        foreach (var row in await ListAsync(fixture, new() { AccountId = Market.WalletId }))
        {
            var receipt = (await fixture.Ledger.GetReceiptAsync(new() { Sequence = row.Sequence }, cancellationToken: Stop)).Receipt;
            Assert.Equal(MerkleHasher.HashLeaf(receipt.Leaf.Span).ToArray(), row.LeafHash.ToByteArray());
            Assert.Equal(Receipt.Parser.ParseFrom(receipt.Leaf).OrderedAt, row.OrderedAt);
        }
    }

    [Fact]
    public async Task ListAsync_EveryRange_IsThatPartOfTheWhole()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await TradeAsync(fixture, purchases: 3);
        var all = await ListAsync(fixture, new() { AccountId = Market.WalletId });
        var end = all[^1].Sequence;

        for (var from = 0UL; from <= end; from += 2)
        {
            for (var to = 0UL; to <= end; to++)
            {
                var found = await ListAsync(fixture, new() { AccountId = Market.WalletId, FromSequence = from, ToSequence = to, PageSize = 2 });
                Assert.Equal(all.Where(row => row.Sequence >= from && row.Sequence <= to), found);
            }
        }
    }

    [Fact]
    public async Task ListAsync_CommandsBetweenPages_ShowTheStateOfTheFirstPage()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await TradeAsync(fixture, purchases: 3);
        var request = new ListPostingsRequest { AccountId = Market.WalletId, PageSize = 2 };
        var all = await ListAsync(fixture, request);
        var first = await Payments(fixture).ListPostingsAsync(request, cancellationToken: Stop);

        await fixture.AcceptAsync("payment-provider", payload => payload.Deposit = Market.Deposit(5, "later"));
        var rest = await ListAsync(fixture, new(request) { PageToken = first.NextPageToken });

        Assert.Equal(all, first.Postings.Concat(rest));
        Assert.Equal(all.Count + 1, (await ListAsync(fixture, request)).Count);
    }

    [Fact]
    public async Task ListAsync_WrongQuestions_AreRefused()
    {
        await using var fixture = await LedgerFixture.StartAsync();
        await TradeAsync(fixture, purchases: 1);
        var request = new ListPostingsRequest { AccountId = Market.WalletId, PageSize = 1 };
        var token = (await Payments(fixture).ListPostingsAsync(request, cancellationToken: Stop)).NextPageToken;

        await RefuseAsync(fixture, StatusCode.InvalidArgument, new());
        await RefuseAsync(fixture, StatusCode.InvalidArgument, new(request) { PageSize = 1_001 });
        await RefuseAsync(fixture, StatusCode.InvalidArgument, new(request) { PageToken = "no token" });
        await RefuseAsync(fixture, StatusCode.InvalidArgument, new(request) { PageToken = token, AccountId = "clearing" });
        await RefuseAsync(fixture, StatusCode.InvalidArgument, new(request) { PageToken = token, FromSequence = 1 });
        await RefuseAsync(fixture, StatusCode.NotFound, new() { AccountId = "no-such" });
        await RefuseAsync(fixture, StatusCode.NotFound, new(request) { LedgerId = "other" });
        await RefuseAsync(fixture, StatusCode.OutOfRange, new(request) { ToSequence = 1_000 });
    }

    [Fact]
    public async Task ListAsync_DamagedHistory_SaysSoAndStopsAndLosesNothing()
    {
        await using var fixture = await LedgerFixture.StartAsync(null, Always);
        await TradeAsync(fixture, purchases: 60);
        var accounts = (await Payments(fixture).ListAccountsAsync(new(), cancellationToken: Stop)).Accounts.Select(account => account.AccountId).ToArray();
        var rows = new Dictionary<string, IReadOnlyList<PostingRecord>>();
        foreach (var account in accounts)
        {
            rows[account] = await ListAsync(fixture, new() { AccountId = account });
        }

        // The start moves what was in the write-ahead log into tables, and reads no history of them, thanks to the snapshot.
        await fixture.StopServerAsync();
        await fixture.StartServerAsync(null, Always);
        fixture.Server.ExpectError("column history");
        fixture.Server.ExpectError("A read met damaged storage");
        fixture.Server.ExpectError("cannot commit any more");
        using (new TableDamage(fixture.DataFolder, StoreLayout.History, place: 0.4))
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                foreach (var account in accounts)
                {
                    Assert.Equal(rows[account], await ListAsync(fixture, new() { AccountId = account }));
                }
            });

            Assert.Equal(StatusCode.DataLoss, error.StatusCode);
            Assert.NotEmpty(error.GetRpcStatus()!.GetDetail<RequestInfo>()!.RequestId);
            Assert.True(fixture.Server.Services.GetRequiredService<ProcessFault>().HasFailed);
            Assert.False(fixture.Server.Services.GetRequiredService<Readiness>().IsReady);
            await fixture.StopServerAsync();
        }

        await fixture.StartServerAsync(null, Always);
        foreach (var account in accounts)
        {
            Assert.Equal(rows[account], await ListAsync(fixture, new() { AccountId = account }));
        }
    }

    private static PaymentService.PaymentServiceClient Payments(LedgerFixture fixture) => new(fixture.Server.Channel);

    private static async Task TradeAsync(LedgerFixture fixture, int purchases)
    {
        await Market.OpenAsync(fixture, works: purchases);
        for (var i = 0; i < purchases; i++)
        {
            await fixture.AcceptAsync("platform", payload => payload.Purchase = Market.Purchase($"p-{i}", $"work-{i}"));
        }

        await fixture.AcceptAsync("platform", payload => payload.Refund = new Refund { RefundId = "r", PurchaseId = "p-0", Amount = Market.Eur(7) });
    }

    private static async Task<IReadOnlyList<PostingRecord>> ListAsync(LedgerFixture fixture, ListPostingsRequest request)
    {
        var rows = new List<PostingRecord>();
        var page = new ListPostingsResponse { NextPageToken = request.PageToken };
        do
        {
            page = await Payments(fixture).ListPostingsAsync(new(request) { PageToken = page.NextPageToken }, cancellationToken: Stop);
            rows.AddRange(page.Postings);
        }
        while (page.NextPageToken.Length > 0);
        return rows;
    }

    private static async Task<Dictionary<string, List<(ulong, uint, Posting)>>> PostingsOfReceiptsAsync(LedgerFixture fixture, params string[] accounts)
    {
        var expected = accounts.ToDictionary(account => account, _ => new List<(ulong, uint, Posting)>());
        var status = await fixture.Ledger.GetStatusAsync(new(), cancellationToken: Stop);
        for (var sequence = 0UL; sequence < status.NextSequence; sequence++)
        {
            var leaf = (await fixture.Ledger.GetReceiptAsync(new() { Sequence = sequence }, cancellationToken: Stop)).Receipt.Leaf;
            var receipt = Receipt.Parser.ParseFrom(leaf);
            for (var i = 0; i < receipt.Effects.Count; i++)
            {
                if (receipt.Effects[i].Posting is { } posting && expected.TryGetValue(posting.AccountId, out var rows))
                {
                    rows.Add((sequence, (uint)i, posting));
                }
            }
        }

        return expected;
    }

    private static async Task RefuseAsync(LedgerFixture fixture, StatusCode expected, ListPostingsRequest request)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Payments(fixture).ListPostingsAsync(request, cancellationToken: Stop));
        Assert.Equal(expected, error.StatusCode);
    }
}
