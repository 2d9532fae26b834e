using Google.Protobuf.Reflection;
using Google.Rpc;

using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

using KpGrpc.Functional.Tests.Stack;
using KpGrpc.ServiceDefaults.Errors;

using Xunit;

namespace KpGrpc.Functional.Tests.Clients;

/// <summary>What the contract promises and this release does not serve: every such method says so and stands in the README.</summary>
public sealed class UnimplementedTests(RunningServers servers)
{
    // Long enough for an answer on a slow machine; a stream that is still silent then is served.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    [Fact]
    public async Task EveryMethod_CalledThroughTheGateway_IsServedOrNamesItselfAndStandsInTheReadme()
    {
        using var channel = GrpcChannel.ForAddress(servers.GatewayGrpc);
        var token = await servers.TokenAsync("functional", "learner", "partner:functional", "operator", "auditor", "service");
        var invoker = channel.Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {token}");
            return metadata;
        });
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var faults = new List<string>();
        var unserved = 0;

        foreach (var method in Contract.Services.SelectMany(service => service.Methods))
        {
            var name = $"{method.Service.Name}/{method.Name}";
            var error = await CallAsync(invoker, method);
            var listed = readme.Contains($"`{name}`", StringComparison.Ordinal);
            if (error?.StatusCode == StatusCode.Unimplemented)
            {
                unserved++;
                var info = error.GetRpcStatus()?.GetDetail<ErrorInfo>();
                var namesItself = info?.Reason == ErrorReasons.NotImplemented && info.Metadata["method"] == method.Name;
                faults.AddRange(namesItself ? [] : [$"{name} answers UNIMPLEMENTED without naming itself"]);
                faults.AddRange(listed ? [] : [$"{name} is not served, and the README does not list it"]);
            }
            else if (listed)
            {
                faults.Add($"{name} is served ({error?.StatusCode.ToString() ?? "OK"}), and the README lists it as not served");
            }
        }

        Assert.NotEqual(0, unserved);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    // An empty request: whoever serves the method refuses or answers it, and nobody takes harm.
    private static async Task<RpcException?> CallAsync(CallInvoker invoker, MethodDescriptor method)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.DuplexStreaming,
        };
        var call = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Raw, Raw);
        var options = new CallOptions(
            deadline: TimeProvider.System.GetUtcNow().UtcDateTime + AnswerLimit, cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            switch (type)
            {
                case MethodType.Unary:
                    await invoker.AsyncUnaryCall(call, null, options, []);
                    break;
                case MethodType.ServerStreaming:
                    using (var stream = invoker.AsyncServerStreamingCall(call, null, options, []))
                    {
                        await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
                    }

                    break;
                default:
                    using (var stream = invoker.AsyncClientStreamingCall(call, null, options))
                    {
                        await stream.RequestStream.CompleteAsync();
                        await stream.ResponseAsync;
                    }

                    break;
            }

            return null;
        }
        catch (RpcException error)
        {
            return error;
        }
    }
}
