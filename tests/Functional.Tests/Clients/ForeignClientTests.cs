using System.Globalization;
using System.Text.Json;

using KpGrpc.Functional.Tests.Stack;

using Xunit;

namespace KpGrpc.Functional.Tests.Clients;

/// <summary>The clients that other people write: the examples in <c>clients/</c> against the running servers.</summary>
public sealed class ForeignClientTests(RunningServers servers)
{
    private const string SystemPython = "/usr/bin/python3";

    private static readonly TimeSpan ClientLimit = TimeSpan.FromSeconds(90);
    private static readonly string NodeFolder = Path.Combine(Repository.Root, "clients", "node");

    [Fact]
    public async Task GetHomeAndPurchase_NativeGrpcFromNode_BuyOnceWithAnExactSplit()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(NodeFolder, "node_modules", "@grpc", "grpc-js")), "npm packages of clients/node are missing: run build/setup-test-parts.sh");

        AssertBought(await ProgramProcess.RunAsync(ClientLimit, "node", [Path.Combine(NodeFolder, "native.mjs"), servers.GatewayGrpc.Authority, "client-node-native"], await SignInAsync("client-node-native")));
    }

    [Fact]
    public async Task GetHomeAndPurchase_GrpcWebFromNode_BuyOnceWithAnExactSplit()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(NodeFolder, "generated")), "generated code of clients/node is missing: run build/setup-test-parts.sh");

        AssertBought(await ProgramProcess.RunAsync(ClientLimit, "node", [Path.Combine(NodeFolder, "web.mjs"), servers.GatewayHttp.GetLeftPart(UriPartial.Authority), "client-node-web"], await SignInAsync("client-node-web")));
    }

    [Fact]
    public async Task GetHomeAndPurchase_NativeGrpcFromPython_BuyOnceWithAnExactSplit()
    {
        Assert.SkipUnless(await HasPythonGrpcAsync(), "Debian's python3-grpcio and python3-grpc-tools are missing: run build/setup-test-parts.sh as root");
        var script = Path.Combine(Repository.Root, "clients", "python", "learner.py");

        AssertBought(await ProgramProcess.RunAsync(ClientLimit, SystemPython, [script, servers.GatewayGrpc.Authority, "client-python"], await SignInAsync("client-python")));
    }

    [Fact]
    public async Task OpenInferenceProtocol_FromPython_InfersTypedAndRawAlike()
    {
        Assert.SkipUnless(await HasPythonGrpcAsync(), "Debian's python3-grpcio and python3-grpc-tools are missing: run build/setup-test-parts.sh as root");
        var script = Path.Combine(Repository.Root, "clients", "python", "open_inference.py");

        var run = await ProgramProcess.RunAsync(ClientLimit, SystemPython, [script, servers.InferenceGrpc.Authority, "counts", "no-such-work,nor-this"]);

        Assert.True(run.ExitCode == 0, $"the client failed: {run.Error}\n{run.Output}");
        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.All(["live", "ready", "modelReady"], name => Assert.True(answer.GetProperty(name).GetBoolean(), name));
        Assert.Contains("counts", Texts("repository"));
        Assert.Equal(["history BYTES", "count INT64"], Texts("inputs"));
        Assert.NotEmpty(Texts("typed"));
        Assert.Equal(Texts("typed"), Texts("raw"));
        Assert.Equal(["typed", "raw"], Texts("ids"));
        Assert.All(["wrongType", "wrongShape", "mixed"], name => Assert.Equal("INVALID_ARGUMENT", answer.GetProperty(name).GetString()));
        Assert.Equal("NOT_FOUND", answer.GetProperty("unknown").GetString());

        IEnumerable<string?> Texts(string name) => answer.GetProperty(name).EnumerateArray().Select(text => text.GetString());
    }

    private async Task<(string Name, string Value)> SignInAsync(string learnerId) => ("KP_TOKEN", await servers.TokenAsync(learnerId, "learner"));

    private static void AssertBought((int ExitCode, string Output, string Error) run)
    {
        Assert.True(run.ExitCode == 0, $"the client failed: {run.Error}\n{run.Output}");
        var answer = JsonDocument.Parse(run.Output).RootElement;
        var parts = answer.GetProperty("parts").EnumerateArray().Select(part => long.Parse(part.GetString()!, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(5, answer.GetProperty("items").GetInt32());
        Assert.Equal("OUTCOME_COMPLETED", answer.GetProperty("outcome").GetString());
        Assert.Equal(4, parts.Length);
        Assert.Equal(long.Parse(answer.GetProperty("price").GetString()!, CultureInfo.InvariantCulture), parts.Sum());
        Assert.True(answer.GetProperty("sameReceipt").GetBoolean());
        Assert.True(answer.GetProperty("replayed").GetBoolean());
    }

    private static async Task<bool> HasPythonGrpcAsync() =>
        File.Exists(SystemPython)
        && (await ProgramProcess.RunAsync(ClientLimit, SystemPython, ["-c", "import grpc, grpc_tools"])).ExitCode == 0;
}
