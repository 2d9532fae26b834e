using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Security.ApiKeys;

/// <summary>The services' keys, read again within a second of a change of their file. Safe from any thread.</summary>
internal sealed partial class ApiKeyBook
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly TimeProvider time;
    private readonly ILogger<ApiKeyBook> logger;
    private readonly Lock reading = new();
    private volatile Dictionary<string, ApiKeyRecord> keys = [];
    private DateTime readVersion;
    private long lookedAt;

    /// <summary>Reads the file.</summary>
    /// <exception cref="StartupException">It is named and cannot be read.</exception>
    public ApiKeyBook(IOptions<IdentityOptions> options, TimeProvider time, ILogger<ApiKeyBook> logger)
    {
        (path, this.time, this.logger) = (options.Value.ApiKeysPath, time, logger);
        lookedAt = time.GetTimestamp();
        if (path.Length == 0)
        {
            return;
        }

        try
        {
            Load();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new StartupException($"Gateway:Identity:ApiKeysPath: can't read {path}: {exception.Message} Make the file with the verb make-api-key.", exception);
        }
    }

    /// <summary>Recognises the service of a key.</summary>
    /// <param name="text">The header's value.</param>
    public Identification Find(string text)
    {
        LookForChanges();
        if (text.Length > ApiKeyText.Chars)
        {
            return Identification.Of(Refusal.TooLarge);
        }

        if (!ApiKeyText.TryParse(text, out var key) || !keys.TryGetValue(key.Id, out var record) || !key.IsOf(record))
        {
            return Identification.Of(Refusal.UnknownKey);
        }

        return record.ExpiresAt <= time.GetUtcNow() ? Identification.Of(Refusal.Expired) : Identification.Of(CallerOf(record));
    }

    private static Caller CallerOf(ApiKeyRecord record) => Caller.Of($"key:{record.Id}", record.Roles) with { Owner = record.Organization };

    private void LookForChanges()
    {
        if (path.Length == 0 || time.GetElapsedTime(Interlocked.Read(ref lookedAt)) < LookInterval || !reading.TryEnter())
        {
            return;
        }

        try
        {
            Interlocked.Exchange(ref lookedAt, time.GetTimestamp());
            if (File.GetLastWriteTimeUtc(path) != readVersion)
            {
                Load();
                Log.ReadAgain(logger, keys.Count);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.Unreadable(logger, path, exception.Message);
        }
        finally
        {
            reading.Exit();
        }
    }

    private void Load()
    {
        // The version first: what is written meanwhile is read the next time.
        readVersion = File.GetLastWriteTimeUtc(path);
        keys = ApiKeyFile.Read(path).ToDictionary(record => record.Id, StringComparer.Ordinal);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The keys of services were read again: {Count}")]
        public static partial void ReadAgain(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "The keys of services in {Path} cannot be read, those from before stay: {Fault}")]
        public static partial void Unreadable(ILogger logger, string path, string fault);
    }
}
