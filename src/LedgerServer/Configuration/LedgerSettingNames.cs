using System.Collections;
using System.Reflection;

using Microsoft.Extensions.Options;

namespace KpGrpc.LedgerServer.Configuration;

/// <summary>
/// Refuses settings of a ledger that do not exist: the binder passes over them in silence, so that a mistyped limit or
/// folder would leave its default in force. A fault names the key and the nearest setting.
/// </summary>
/// <param name="configuration">All settings of the process.</param>
internal sealed class LedgerSettingNames(IConfiguration configuration) : IValidateOptions<LedgerOptions>
{
    private static readonly PropertyInfo[] Known =
        [.. typeof(LedgerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, LedgerOptions options)
    {
        var section = configuration.GetSection(string.IsNullOrEmpty(name) ? LedgerOptions.SectionName : name);
        string[] faults = [.. Whole(section, name), .. section.GetChildren().Select(child => Fault(section, child)).OfType<string>()];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    // "Ledgers:DataDirectory=x" would otherwise be a further ledger of the name DataDirectory.
    private static IEnumerable<string> Whole(IConfigurationSection section, string? name) =>
        string.IsNullOrEmpty(name) || string.IsNullOrEmpty(section.Value)
            ? []
            : [$"{section.Path} has a value, but names a ledger; settings of a further ledger are {ConfigurationPath.GetParentPath(section.Path)}:NAME:{Known[0].Name} and so on"];

    private static string? Fault(IConfigurationSection section, IConfigurationSection setting)
    {
        var property = Array.Find(Known, known => string.Equals(known.Name, setting.Key, StringComparison.OrdinalIgnoreCase));
        if (property is null)
        {
            var nearest = Known.MinBy(known => Distance(known.Name.ToUpperInvariant(), setting.Key.ToUpperInvariant()))!;
            return $"{setting.Path} is not a setting; the nearest is {section.Path}:{nearest.Name}: correct it or remove it";
        }

        if (property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string))
        {
            return string.IsNullOrEmpty(setting.Value) ? null : $"{setting.Path} is a list; set {setting.Path}:0, {setting.Path}:1 and so on";
        }

        return setting.GetChildren().FirstOrDefault() is { } below
            ? $"{below.Path} is not a setting; the nearest is {setting.Path}: correct it or remove it"
            : null;
    }

    // Levenshtein: letters to insert, remove or replace.
    private static int Distance(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var row = new int[above.Length];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                row[j + 1] = Math.Min(Math.Min(row[j], above[j + 1]) + 1, above[j] + (left[i] == right[j] ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }
}
