using System.Text.Json;

using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Services.Access;

public sealed class AuditMiddlewareTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Purchase_ByALearner_IsKeptWithCallerKeyAndReceipt()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var alice = new LearnerService.LearnerServiceClient(fixture.As("alice", "learner"));
        await alice.TopUpAsync(new TopUpRequest { IdempotencyKey = GatewayFixture.NewKey(), LearnerId = "alice", Amount = FakeLedger.Yuan(5_000) }, cancellationToken: Cancel);
        var request = GatewayFixture.Buy("alice", "w-1", 1_000);

        var answer = await alice.PurchaseAsync(request, cancellationToken: Cancel);

        var line = Lines(fixture).Last();
        Assert.Equal("alice", line.GetProperty("caller").GetString());
        Assert.Equal("learner", line.GetProperty("roles").GetString());
        Assert.Equal("kp.learner.v1.LearnerService/Purchase", line.GetProperty("method").GetString());
        Assert.Equal(Convert.ToHexStringLower(request.IdempotencyKey.Span), line.GetProperty("key").GetString());
        Assert.Equal("OK", line.GetProperty("status").GetString());
        Assert.Equal(answer.Receipt.Sequence, line.GetProperty("sequence").GetUInt64());
        Assert.NotEmpty(line.GetProperty("trace_id").GetString()!);
    }

    [Fact]
    public async Task Reads_AreNotKept_AndRefusedWritesAre()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var alice = new LearnerService.LearnerServiceClient(fixture.As("alice", "learner"));
        await alice.GetProfileAsync(new GetProfileRequest { LearnerId = "alice" }, cancellationToken: Cancel);
        Assert.Empty(Lines(fixture));

        await Assert.ThrowsAsync<RpcException>(() => alice.PurchaseAsync(GatewayFixture.Buy("alice", "no-such-work", 1_000), cancellationToken: Cancel).ResponseAsync);

        Assert.NotEqual("OK", Assert.Single(Lines(fixture)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Write_ThatPassesThroughUndecoded_IsKeptWithItsStatus()
    {
        await using var fixture = await GatewayFixture.StartLockedAsync();
        var catalog = new CatalogService.CatalogServiceClient(fixture.As("olga", "operator"));

        var failure = await Assert.ThrowsAsync<RpcException>(() => catalog.UpsertWorksAsync(new UpsertWorksRequest { IdempotencyKey = GatewayFixture.NewKey() }, cancellationToken: Cancel).ResponseAsync);

        // A status that came in the headers of the server behind reaches the caller at once.
        await TimeLimit.UntilAsync(() => Task.FromResult(Lines(fixture).Length > 0), "the line is in the log");
        var line = Assert.Single(Lines(fixture));
        Assert.Equal("olga", line.GetProperty("caller").GetString());
        Assert.Equal("kp.catalog.v1.CatalogService/UpsertWorks", line.GetProperty("method").GetString());
        Assert.Equal(failure.StatusCode.ToString(), line.GetProperty("status").GetString());
        Assert.False(line.TryGetProperty("key", out _));
    }

    private static JsonElement[] Lines(GatewayFixture fixture)
    {
        // The Gateway holds it open for writing, for as long as it runs.
        using var file = new FileStream(fixture.PathOf("audit.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
