using Grpc.Core;

using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.Testing;

using Microsoft.AspNetCore.Builder;

namespace KpGrpc.ServiceDefaults.Tests.Echo;

/// <summary>The shared hosting with one service of every call kind behind it.</summary>
internal static class EchoServer
{
    public const string FailureText = "a secret of the database";

    public static Task<TestServer> StartAsync(params string[] settings) => TestServer.StartAsync(Build, settings);

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("kp-echo", grpcPort: 0, httpPort: 0);
        configure(builder);
        var app = builder.BuildValidated();
        app.MapServiceDefaults();
        app.MapGrpcService<Service>();
        return app;
    }

    internal sealed class Service : EchoService.EchoServiceBase
    {
        public override Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context) => Act(request, context);

        public override async Task<EchoResponse> ClientStream(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
        {
            await requestStream.MoveNext(context.CancellationToken);
            return await Act(requestStream.Current, context);
        }

        public override async Task ServerStream(EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context) =>
            await responseStream.WriteAsync(await Act(request, context), context.CancellationToken);

        public override async Task Duplex(IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
        {
            await requestStream.MoveNext(context.CancellationToken);
            await responseStream.WriteAsync(await Act(requestStream.Current, context), context.CancellationToken);
        }

        private static async Task<EchoResponse> Act(EchoRequest request, ServerCallContext context)
        {
            switch (request.Behaviour)
            {
                case "throw":
                    throw new InvalidOperationException(FailureText);
                case "reject":
                    throw RichErrors.NotFound("work", "w-1", "no work w-1: list the catalogue for the ids that exist");
                case "wait":
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                    break;
            }

            return new EchoResponse { HasDeadline = context.Deadline < DateTime.MaxValue };
        }
    }
}
