using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KpGrpc.GatewayLoad.Peers;

/// <summary>
/// What a gRPC method costs that does nothing: Grpc.AspNetCore on Kestrel, giving the same bytes to every call of
/// <c>LearnerService.GetProfile</c> without making or reading a message. Runs as a process of its own.
/// </summary>
internal static class BareServer
{
    /// <summary>Serves until the process is told to end.</summary>
    /// <param name="port">HTTP/2 without TLS, on loopback.</param>
    /// <param name="replyFile">File of the reply's bytes.</param>
    public static async Task RunAsync(string port, string replyFile)
    {
        var reply = await File.ReadAllBytesAsync(replyFile);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(int.Parse(port, CultureInfo.InvariantCulture), listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new Service(reply));
        await using var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.RunAsync();
    }

    [BindServiceMethod(typeof(ServiceBase), nameof(Bind))]
    private abstract class ServiceBase
    {
        private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static (byte[] value) => value, static value => value);

        private static readonly Method<byte[], byte[]> Method = new(MethodType.Unary, "kp.learner.v1.LearnerService", nameof(GetProfile), Bytes, Bytes);

        public static void Bind(ServiceBinderBase binder, ServiceBase? service) => binder.AddMethod(
            Method, service is null ? null : new UnaryServerMethod<byte[], byte[]>(service.GetProfile));

        public abstract Task<byte[]> GetProfile(byte[] request, ServerCallContext context);
    }

    private sealed class Service(byte[] reply) : ServiceBase
    {
        public override Task<byte[]> GetProfile(byte[] request, ServerCallContext context) => Task.FromResult(reply);
    }
}
