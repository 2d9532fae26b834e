using System.Text.RegularExpressions;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults.Hosting;

/// <summary>Runs a server as a process: what an operator can mend is one line on standard error and a non-zero exit code.</summary>
public static partial class ServerProgram
{
    /// <summary>Exit code after a clean stop.</summary>
    public const int ExitOk = 0;

    /// <summary>Exit code of an internal failure (EX_SOFTWARE of sysexits.h).</summary>
    public const int ExitFailure = 70;

    /// <summary>Exit code where a port is taken or may not be bound (EX_UNAVAILABLE of sysexits.h).</summary>
    public const int ExitUnavailable = 69;

    /// <summary>Exit code of wrong settings or files (EX_CONFIG of sysexits.h).</summary>
    public const int ExitConfiguration = 78;

    /// <summary>Builds the server and runs it until it is told to stop.</summary>
    /// <param name="name">The server's name, put before an error message.</param>
    /// <param name="build">Composes the server; runs once.</param>
    /// <param name="error">Where the one-line message goes; standard error in production.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string name, Func<WebApplication> build, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            await using var app = build();
            await app.RunAsync();
            return ExitOk;
        }
        catch (Exception exception) when (Explain(exception) is { } fault)
        {
            await error.WriteLineAsync($"{name}: cannot start: {fault.Message}");
            return fault.ExitCode;
        }
    }

    private static (string Message, int ExitCode)? Explain(Exception exception) => exception switch
    {
        StartupException => (exception.Message, ExitConfiguration),
        OptionsValidationException validation =>
            (Faults(validation), ExitConfiguration),
        AggregateException aggregate when aggregate.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            (Faults([.. aggregate.InnerExceptions.Cast<OptionsValidationException>()]), ExitConfiguration),
        // A value of the wrong type ("abc" for a port) or a malformed appsettings.json.
        InvalidOperationException { InnerException: FormatException or ArgumentException } =>
            (Unreadable().Match(exception.Message) is { Success: true } match ? WrongType(match) : OneLine(exception), ExitConfiguration),
        InvalidDataException => (OneLine(exception), ExitConfiguration),
        IOException { InnerException: AddressInUseException } =>
            ($"{OneLine(exception)} Stop the other process or choose another Hosting:GrpcPort or Hosting:HttpPort.", ExitUnavailable),
        System.Net.Sockets.SocketException socket =>
            ($"{OneLine(socket)}. Check Hosting:Address, Hosting:GrpcPort and Hosting:HttpPort.", ExitUnavailable),
        _ => null,
    };

    private static string Faults(params OptionsValidationException[] validations) => string.Join(
        "; ", validations.SelectMany(validation => validation.Failures.Select(failure => AsSetting(validation.OptionsType, failure))).Distinct());

    // The validator says "GrpcPort: The field HostingOptions.GrpcPort must be …"; an operator sets "Hosting:GrpcPort".
    // Named options are named by their section.
    private static string AsSetting(Type options, string failure)
    {
        var section = options.GetField("SectionName")?.GetRawConstantValue() ?? options.Name;
        return PropertyPath().Replace(
            Twice().Replace(failure, string.Empty), match => $"{(match.Groups["options"].Value == options.Name ? section : match.Groups["options"].Value)}:{match.Groups["property"].Value}").TrimEnd('.');
    }

    // What the binder says of a value that it cannot convert; another release may word it otherwise, and is passed on.
    private static string WrongType(Match match) =>
        $"{match.Groups["key"].Value} is '{match.Groups["value"].Value}', which is not {match.Groups["type"].Value switch
        {
            nameof(Boolean) => "true or false",
            nameof(Int32) or nameof(Int64) => "a whole number that it can hold, such as 100",
            nameof(TimeSpan) => "a duration such as 00:00:30 or 1.00:00:00",
            nameof(Double) => "a number such as 0.5",
            var other => $"of the type {other}",
        }}; correct it or remove it";

    [GeneratedRegex(@"^\w+: (The field )?(?<options>\S+)\.(?<property>\w+)")]
    private static partial Regex PropertyPath();

    // "PseudonymKeyPath: Gateway:PseudonymKeyPath must …": the attribute's own text names the setting already.
    [GeneratedRegex(@"^(?<property>\w+): (?=\S+:\k<property> )")]
    private static partial Regex Twice();

    [GeneratedRegex(@"^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']*)' to type 'System\.(?<type>\w+)'", RegexOptions.Singleline)]
    private static partial Regex Unreadable();

    private static string OneLine(Exception exception)
    {
        var text = exception.InnerException is null or AddressInUseException
            ? exception.Message
            : $"{exception.Message} {exception.InnerException.Message}";
        return text.ReplaceLineEndings(" ").Trim();
    }
}
