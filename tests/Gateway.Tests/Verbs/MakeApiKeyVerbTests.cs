using Grpc.Core;

using KpGrpc.Gateway.Tests.Fakes;
using KpGrpc.Gateway.Verbs;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.Gateway.Tests.Verbs;

public sealed class MakeApiKeyVerbTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_KeyForAService_IsPrintedOnceKeptAsAHashAndOpensTheDoor()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("keys.json");
        var key = await MakeAsync("--file", file, "--organization", "platform", "--role", "operator", "--role", "partner", "--days", "1");
        Assert.DoesNotContain(key[20..], await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
        await using var fixture = await GatewayFixture.StartLockedAsync($"Gateway:Identity:ApiKeysPath={file}");

        await new CatalogService.CatalogServiceClient(fixture.WithHeader("x-api-key", key)).DeleteWorksAsync(new DeleteWorksRequest(), cancellationToken: Cancel).ResponseAsync
            .ContinueWith(call => Assert.Equal(StatusCode.Unimplemented, Assert.IsType<RpcException>(call.Exception?.InnerException).StatusCode), Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        var wrong = await Assert.ThrowsAsync<RpcException>(() =>
            new CatalogService.CatalogServiceClient(fixture.WithHeader("x-api-key", key[..^2] + "AA")).GetWorkAsync(new GetWorkRequest { WorkId = "w-1" }, cancellationToken: Cancel).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, wrong.StatusCode);
    }

    [Theory]
    [InlineData("--role", "learner")]
    [InlineData("--role", "admin")]
    [InlineData("--organization", "a b")]
    [InlineData("--days", "0")]
    [InlineData("--days", "many")]
    [InlineData("--dyas", "1")]
    public async Task Run_WrongOption_IsNamedAndMakesNothing(string option, string value)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("keys.json");
        await using var error = new StringWriter();
        string[] good = option == "--organization" ? ["--role", "service"] : option == "--role" ? ["--organization", "o"] : ["--role", "service", "--organization", "o"];
        var code = await RootVerb.RunAsync(["make-api-key", "--file", file, .. good, option, value], TextWriter.Null, error, TimeProvider.System);
        Assert.Equal(ServerProgram.ExitConfiguration, code);
        Assert.Contains(option, error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    private static async Task<string> MakeAsync(params string[] options)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await RootVerb.RunAsync(["make-api-key", .. options], output, error, TimeProvider.System);
        Assert.True(code == 0, error.ToString());
        return output.ToString().Trim();
    }
}
