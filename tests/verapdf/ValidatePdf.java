import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF whether each file keeps each standard: ValidatePdf 3a,ua1 FILE... Exits with 1 when one does not. */
public class ValidatePdf {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean allKept = true;
        for (int file = 1; file < arguments.length; file++) {
            for (String standard : arguments[0].split(",")) {
                allKept &= keeps(arguments[file], PDFAFlavour.byFlavourId(standard));
            }
        }
        System.exit(allKept ? 0 : 1);
    }

    private static boolean keeps(String file, PDFAFlavour standard) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), standard);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.printf("%s %s: %s%n", file, standard.getId(), result.isCompliant() ? "kept" : "BROKEN");
            broken(result).forEach((rule, times) -> System.out.printf("    %s, %d times%n", rule, times));
            return result.isCompliant();
        }
    }

    private static Map<String, Integer> broken(ValidationResult result) {
        Map<String, Integer> rules = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                rules.merge(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                    + " " + assertion.getMessage(), 1, Integer::sum);
            }
        }
        return rules;
    }
}
