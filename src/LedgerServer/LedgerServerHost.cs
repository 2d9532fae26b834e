using KpGrpc.LedgerServer.Backup;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Services;
using KpGrpc.LedgerServer.Services.Postings;
using KpGrpc.LedgerServer.Services.Rights;
using KpGrpc.LedgerServer.Services.Sharing;
using KpGrpc.LedgerServer.Services.Submission;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Telemetry;
using KpGrpc.LedgerServer.Witnessing;
using KpGrpc.ServiceDefaults;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer;

/// <summary>The LedgerServer's composition: what production runs and tests start.</summary>
public static class LedgerServerHost
{
    /// <summary>Default port of gRPC over cleartext HTTP/2.</summary>
    public const int GrpcPort = 5281;

    /// <summary>Default port of HTTP/1.1: metrics and health.</summary>
    public const int HttpPort = 5280;

    /// <summary>Builds the server; nothing is opened before it starts.</summary>
    /// <param name="args">Settings, such as <c>--Ledger:DataDirectory=data/ledger</c>.</param>
    /// <param name="configure">Runs last on the builder; null for nothing.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("kp-ledger", GrpcPort, HttpPort);
        AddLedger(builder.Services, builder.Configuration);
        configure?.Invoke(builder);

        var app = builder.BuildValidated();
        app.MapServiceDefaults();
        app.MapGrpcService<LedgerService>();
        app.MapGrpcService<AuditService>();
        app.MapGrpcService<PaymentService>();
        app.MapGrpcService<CopyrightService>();
        app.MapGrpcService<AgreementService>();
        app.MapGrpcService<MembershipService>();
        app.MapGrpcService<SharingService>();
        app.MapLog();
        app.MapWitness();
        return app;
    }

    /// <summary>Runs the server as a process until it is told to stop, or cannot commit any more.</summary>
    /// <param name="args">Settings.</param>
    /// <param name="error">Where a start-up message goes.</param>
    /// <returns>The exit code: 0 after a clean stop, else as <see cref="ServerProgram"/> names them.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter error)
    {
        ProcessFault? fault = null;
        var code = await ServerProgram.RunAsync("kp-ledger", () =>
        {
            var app = Build(args);
            fault = app.Services.GetRequiredService<ProcessFault>();
            return app;
        }, error);
        return fault is { HasFailed: true } ? ServerProgram.ExitFailure : code;
    }

    private static void AddLedger(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ProcessFault>();
        services.AddSingleton<LedgerMetrics>();
        services.AddLedgers(configuration);
        services.AddSingleton(DiskSpace.OfDrives);
        services.AddGrpc(options => options.Interceptors.Add<DataLossInterceptor>());
        services.AddSingleton<LedgerAccess>();
        services.AddSingleton<SubmitFlow>();
        services.AddSingleton<EntryStream>();
        services.AddSingleton<StatementReader>();
        services.AddSingleton<PostingReader>();
        services.AddSingleton<TrialBalanceReader>();
        services.AddSingleton<EntitlementReader>();
        services.AddSingleton<ConsentProofReader>();
        services.AddSingleton<SubjectDataReader>();
        services.AddWitness();
        services.AddHttpClient(WitnessPublisher.ClientName, client => client.Timeout = TimeSpan.FromSeconds(10));
        services.AddHostedService<WitnessPublisher>();
        services.AddHostedService<LedgerGauges>();
        services.AddHostedService<BackupRequests>();
    }
}
