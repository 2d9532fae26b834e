using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

using StackExchange.Redis;

namespace KpGrpc.ServiceDefaults.Redis;

/// <summary>Adds the Redis connection that a server's online state goes through.</summary>
public static class RedisExtensions
{
    /// <summary>
    /// Registers <see cref="IConnectionMultiplexer"/>, one a process, connected to <c>Redis:ConnectionString</c> or, where
    /// that is empty, to an embedded server that starts first and stops last.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<RedisOptions, RedisOptionsValidator>().BindConfiguration(RedisOptions.SectionName);
        services.AddSingleton<EmbeddedRedis>();
        services.AddSingleton<IConnectionMultiplexer>(Connect);
        services.AddHostedService<RedisStarter>();
        return services;
    }

    private static ConnectionMultiplexer Connect(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<RedisOptions>>().Value;
        var connection = options.ConnectionString.Length > 0
            ? options.ConnectionString
            : $"127.0.0.1:{services.GetRequiredService<EmbeddedRedis>().Port}";
        ConfigurationOptions configuration;
        try
        {
            configuration = ConfigurationOptions.Parse(connection);
        }
        catch (ArgumentException exception)
        {
            throw new StartupException($"Redis:ConnectionString is malformed: {exception.Message}", exception);
        }

        // A Redis that is away now must not keep the server from starting: it reconnects by itself.
        configuration.AbortOnConnectFail = false;
        configuration.AsyncTimeout = (int)options.CommandTimeout.TotalMilliseconds;
        configuration.SyncTimeout = (int)options.CommandTimeout.TotalMilliseconds;
        return ConnectionMultiplexer.Connect(configuration);
    }

    /// <summary>Connects before the server listens, so that a bad connection string or folder stops the start.</summary>
    private sealed class RedisStarter(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<IConnectionMultiplexer>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
