using System.Text.RegularExpressions;

using Google.Api;
using Google.Protobuf.Reflection;

using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>One JSON route of a method, as its <c>google.api.http</c> annotation states it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Verb">HTTP method in lower case.</param>
/// <param name="Path">Path with variables in braces, as OpenAPI writes it.</param>
/// <param name="Variables">Paths of the request's fields that stand in the path, such as <c>learner_id</c>.</param>
/// <param name="Body">Field that is the body; <c>*</c> for all that is not in the path; empty for none.</param>
/// <param name="Number">0 for the annotation itself, then its additional bindings.</param>
internal sealed partial record HttpRoute(MethodDescriptor Method, string Verb, string Path, IReadOnlyList<string> Variables, string Body, int Number)
{
    /// <summary>All routes of a service, in the order of the contract.</summary>
    public static IEnumerable<HttpRoute> Of(ServiceDescriptor service) =>
        from method in service.Methods
        let rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)
        where rule is not null
        from route in new[] { rule }.Concat(rule.AdditionalBindings).Select((binding, number) => Create(method, binding, number))
        select route;

    private static HttpRoute Create(MethodDescriptor method, HttpRule rule, int number)
    {
        var (verb, pattern) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("get", rule.Get),
            HttpRule.PatternOneofCase.Put => ("put", rule.Put),
            HttpRule.PatternOneofCase.Post => ("post", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("delete", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("patch", rule.Patch),
            _ => throw new InvalidOperationException($"{method.FullName} has a google.api.http annotation with {rule.PatternCase}, which OpenAPI can't say"),
        };
        return new HttpRoute(
            method,
            verb,
            Variable().Replace(pattern, "{$1}"),
            [.. Variable().Matches(pattern).Select(match => match.Groups[1].Value)],
            rule.Body,
            number);
    }

    // {name} or {name=pattern}; what a pattern allows is no matter of OpenAPI.
    [GeneratedRegex(@"\{([a-z0-9_.]+)(?:=[^}]*)?\}")]
    private static partial Regex Variable();
}
