using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Ordering.Local;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Telemetry;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.Options;

namespace KpGrpc.LedgerServer.Node;

/// <summary>
/// Composes the ledgers of the process: the section <c>Ledger</c> is the default one, every child of <c>Ledgers</c> one
/// more, with the same settings (<c>Ledgers:NAME:DataDirectory</c> and so on).
/// </summary>
internal static class LedgerSetup
{
    /// <summary>Section whose children are further ledgers.</summary>
    public const string FurtherSection = "Ledgers";

    /// <summary>Adds options and the set of ledgers; nothing is opened before the set is asked for.</summary>
    public static void AddLedgers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<LedgerOptions>, LedgerSettingNames>();
        services.AddOptionsWithValidateOnStart<LedgerOptions, LedgerOptionsValidator>().BindConfiguration(LedgerOptions.SectionName);
        var further = configuration.GetSection(FurtherSection).GetChildren().Select(section => section.Path).ToArray();
        foreach (var path in further)
        {
            services.AddOptionsWithValidateOnStart<LedgerOptions>(path).BindConfiguration(path).Configure(options => options.Section = path);
        }

        services.AddSingleton(provider => Open(provider, further));
        services.AddSingleton<Func<LedgerSet>>(provider => provider.GetRequiredService<LedgerSet>);
        services.AddHostedService<LedgerLifetime>();
    }

    private static LedgerSet Open(IServiceProvider services, IReadOnlyList<string> further)
    {
        var monitor = services.GetRequiredService<IOptionsMonitor<LedgerOptions>>();
        var opened = new List<HostedLedger>();
        try
        {
            foreach (var name in further.Prepend(Options.DefaultName))
            {
                opened.Add(Open(services, monitor.Get(name)));
            }

            return new LedgerSet(opened);
        }
        catch
        {
            opened.ForEach(ledger => ledger.Node.Store.Dispose());
            throw;
        }
    }

    private static HostedLedger Open(IServiceProvider services, LedgerOptions options)
    {
        if (options.BackupDirectory.Length > 0 && !Directory.Exists(options.BackupDirectory))
        {
            throw new StartupException($"{options.Section}:BackupDirectory {Path.GetFullPath(options.BackupDirectory)} does not exist; create it or name another folder");
        }

        var parts = LedgerParts.Open(options, services.GetRequiredService<IHostEnvironment>().IsProduction());
        var limits = new OrdererLimits(options.QueueMax, options.QueueBytesMax, options.BatchSizeMax, options.ReadsPerCommitMax);
        var time = services.GetRequiredService<TimeProvider>();
        var telemetry = services.GetRequiredService<LedgerMetrics>().Of(parts.Identity.LedgerId);
        var snapshots = new SnapshotKeeper(
            new SnapshotFolder(options.DataDirectory),
            parts.Identity,
            new SnapshotLimits(options.SnapshotTailBytesMin, options.SnapshotStopTimeout),
            parts.Recovered.Report.TailBytes,
            time,
            services.GetRequiredService<ILogger<SnapshotKeeper>>(),
            telemetry);
        var node = new LedgerNode(parts, limits, time, services.GetRequiredService<ProcessFault>().Stop, snapshots: snapshots, telemetry: telemetry);
        return new HostedLedger(node, options);
    }
}
