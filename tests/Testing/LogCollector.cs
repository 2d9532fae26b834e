using System.Collections.Concurrent;

using Microsoft.Extensions.Logging;

namespace KpGrpc.Testing;

/// <summary>Collects what a server under test logs, so that a test can look at it and fails on an Error that nobody expected.</summary>
public sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Text)> entries = new();

    /// <summary>Gets every entry so far, oldest first: level, category, message with exception.</summary>
    public IReadOnlyCollection<(LogLevel Level, string Category, string Text)> Entries => entries;

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Collector(categoryName, entries);

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private sealed class Collector(string category, ConcurrentQueue<(LogLevel, string, string)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((logLevel, category, exception is null ? formatter(state, exception) : $"{formatter(state, exception)}: {exception}"));
    }
}
