using System.Buffers.Text;

using CsCheck;

using Grpc.Core;

using KpGrpc.LedgerServer.Services;
using KpGrpc.LedgerServer.Services.Postings;
using KpGrpc.LedgerServer.Tests.Services.Submission;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.ServiceDefaults.Validation;

using PaymentClient = KpGrpc.Protos.Payment.V1.PaymentService.PaymentServiceClient;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>Page tokens that no answer has given, also with the right digest: a fault of the token or a page, never one of the server.</summary>
[Fuzzes(typeof(Paging), typeof(PlacePaging))]
public sealed class PageTokenFuzzTests(EveryKindLedger ledger) : IClassFixture<EveryKindLedger>
{
    private const int DigestBytes = 8;
    private static readonly string Question = "List\nfilter";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Paging_AnyChangedToken_IsAFaultOrAPlaceFromZeroOn() => Mutations.Of(Token(8, Question)).Sample(
        token =>
        {
            var faults = new FieldViolations();
            var page = Paging.Read(faults, 10, token, "List", "filter");
            Assert.True(page.Start >= 0);
            Assert.True(!faults.Any || page.Start == 0);
            var rows = Enumerable.Range(0, 20).ToArray();
            Assert.InRange(page.Take(rows, _ => true).Rows.Count, 0, 10);
            Assert.InRange(page.Take(rows, row => row, _ => true).Rows.Count, 0, 10);
            Assert.InRange(page.TakeBySequence(rows, row => (ulong)row).Rows.Count, 0, 10);
        },
        iter: 5_000);

    [Fact]
    public void PlacePaging_AnyChangedToken_IsAFaultOrAPlace() => Mutations.Of(Token(24, Question)).Sample(
        token =>
        {
            var faults = new FieldViolations();
            var page = PlacePaging.Read(faults, 10, token, 5, "List", "filter");
            Assert.True(!faults.Any || (page.AsOf is null && page.From.Sequence == 5));
        },
        iter: 5_000);

    [Fact]
    public async Task Queries_ForgedPlacesWithTheRightDigest_AnswerOrRefuse()
    {
        var payments = new PaymentClient(ledger.Server.Channel);
        var postings = new ListPostingsRequest { AccountId = "wallet", PageSize = 1 };
        var sequences = new GetStatementRequest { OrganizationId = "producer", CurrencyCode = "EUR", Sequences = new SequenceRange(), PageSize = 1 };
        var period = new GetStatementRequest { OrganizationId = "producer", CurrencyCode = "EUR", PeriodId = "period", PageSize = 1 };
        var tokens = new[]
        {
            (await payments.ListPostingsAsync(postings, cancellationToken: Stop)).NextPageToken,
            (await payments.GetStatementAsync(sequences, cancellationToken: Stop)).NextPageToken,
            (await payments.GetStatementAsync(period, cancellationToken: Stop)).NextPageToken,
        };
        Assert.All(tokens[..2], token => Assert.NotEmpty(token));
        ulong[] places = [0, 1, 40, long.MaxValue, ulong.MaxValue];
        foreach (var (asOf, from) in places.SelectMany(asOf => places.Select(from => (asOf, from))))
        {
            await AnswerAsync(payments.ListPostingsAsync(new(postings) { PageToken = Forge(tokens[0], asOf, from) }, cancellationToken: Stop).ResponseAsync);
            await AnswerAsync(payments.GetStatementAsync(new(sequences) { PageToken = Forge(tokens[1], asOf, from) }, cancellationToken: Stop).ResponseAsync);
            await AnswerAsync(payments.GetStatementAsync(new(period) { PageToken = Forge(tokens[2].Length > 0 ? tokens[2] : tokens[1], asOf, from) }, cancellationToken: Stop).ResponseAsync);
        }
    }

    [Fact]
    public async Task Queries_ForgedPositionsWithTheRightDigest_AnswerOrRefuse()
    {
        var payments = new PaymentClient(ledger.Server.Channel);
        var request = new ListAccountsRequest { PageSize = 1 };
        var token = (await payments.ListAccountsAsync(request, cancellationToken: Stop)).NextPageToken;
        foreach (var start in new[] { 0L, 1, int.MaxValue, long.MaxValue, -1, long.MinValue })
        {
            var bytes = Base64Url.DecodeFromChars(token);
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, start);
            await AnswerAsync(payments.ListAccountsAsync(new(request) { PageToken = Base64Url.EncodeToString(bytes) }, cancellationToken: Stop).ResponseAsync);
        }
    }

    private static async Task AnswerAsync<T>(Task<T> call)
    {
        try
        {
            await call;
        }
        catch (RpcException refusal)
        {
            Assert.Contains(refusal.StatusCode, new[] { StatusCode.InvalidArgument, StatusCode.OutOfRange, StatusCode.NotFound, StatusCode.FailedPrecondition });
        }
    }

    private static string Forge(string token, ulong asOf, ulong from)
    {
        var bytes = Base64Url.DecodeFromChars(token);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, asOf);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), from);
        return Base64Url.EncodeToString(bytes);
    }

    private static string Token(int bytes, string question) => Base64Url.EncodeToString([.. new byte[bytes], .. Paging.Digest(question)[..DigestBytes]]);
}
