using System.CommandLine;

using KpGrpc.Gateway.Security.ApiKeys;
using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.Gateway.Verbs;

/// <summary>
/// <c>make-api-key --file F --organization O --role R --days N</c>: makes a service's key, keeps its hash in the file and
/// prints the key, this once.
/// </summary>
internal static class MakeApiKeyVerb
{
    private const string PartnerOfItself = "partner";
    private const int DaysDefault = 90;
    private const int DaysMax = 730;

    public static Command Create(TextWriter output, TextWriter error, TimeProvider time)
    {
        var file = new Option<string>("--file") { Description = "The keys file that Gateway:Identity:ApiKeysPath names; made where there is none, mode 0600", Required = true };
        var organization = new Option<string>("--organization") { Description = "Whose key it is", Required = true };
        var role = new Option<string[]>("--role") { Description = "partner (of the organisation), operator, auditor or service; several times for several", Required = true };
        var days = new Option<int>("--days") { Description = $"How long it is valid, 1 to {DaysMax} days", DefaultValueFactory = _ => DaysDefault };
        var verb = new Command("make-api-key", "Makes a key for a service and prints it, this once: the file keeps a hash. A running Gateway takes it within a second. Example: make-api-key --file data/gateway/api-keys.json --organization platform --role service") { file, organization, role, days };
        verb.SetAction(result =>
        {
            try
            {
                output.WriteLine(Make(result.GetRequiredValue(file), result.GetRequiredValue(organization), result.GetRequiredValue(role), result.GetValue(days), time));
                return 0;
            }
            catch (Exception exception) when (exception is FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine($"make-api-key: {exception.Message.ReplaceLineEndings(" ")}");
                return ServerProgram.ExitConfiguration;
            }
        });
        return verb;
    }

    private static string Make(string file, string organization, IReadOnlyList<string> names, int days, TimeProvider time)
    {
        if (!FieldRules.IsId(organization))
        {
            throw new FormatException("--organization must be 1 to 128 characters of A-Z a-z 0-9 . _ : / -");
        }

        string[] roles = [.. names.Select(name => name == PartnerOfItself ? RoleNames.PartnerPrefix + organization : name).Distinct()];
        if (Array.Find(roles, role => !ApiKeyFile.MayHave(role)) is { } wrong)
        {
            throw new FormatException($"--role {wrong}: must be partner, operator, auditor or service; a learner has a token");
        }

        if (days is < 1 or > DaysMax)
        {
            throw new FormatException($"--days must be 1 to {DaysMax}");
        }

        var key = ApiKeyText.Create();
        ApiKeyFile.Add(file, key.ToRecord(organization, roles, time.GetUtcNow().AddDays(days)));
        return key.Reveal();
    }
}
