import { readScenes } from '../scene.ts';

/** Orders and payment, praise and stray messages. */
export const orderScenes = readScenes(String.raw`
@ product
> I did not get a confirmation for my order. {The $product, yesterday evening.|Did it go through?}
< $hello, it did: $order. The mail probably went to {spam|your old address}. {I have sent it again.|Shall I send it again?}
> {Found it in spam, thanks.|Got it now!|Yes please, to the same address.}

@ index.html
> {Can I still add something to $order?|Is it too late to add a $product to $order?}
< {Not too late, it is packed tomorrow.|You are lucky, the box is still open.} The $product, one piece?
> {Yes, one.|Two, please.}
# Added to $order, difference to pay by link
< Added. {The link for the difference is in your mail.|You get a link for the rest.} One delivery, one postage.
> {Paid. Thanks a lot!|Great!}

@ index.html
> Please cancel $order. {I ordered twice by accident.|Sorry!}
< Done, nothing was charged twice. {It happens every week.|The other one leaves tomorrow.}
?> {Thank you!|Perfect.}

@ index.html
> {Can I pay by invoice?|Do you accept bank transfer?} {My card is being difficult.|I do not have a credit card.}
< Yes: choose "transfer" in the last step, we pack as soon as it is there. {Usually the next day.|It takes a day or two.}
> {Thanks|ok, done}

@ product
> I need an invoice with my company's name for $order. {And the VAT number.|For the tax office.}
< Sure. What should it say exactly?
> {Studio Example Ltd, Mill Lane 2, $city.|Example & Daughters, $city. VAT number is in my account.}
< {Sent to your address.|It is in your mail.}
?> Received, thank you.

@ index.html
> {Do you have gift cards?|Is there a voucher I could buy?}
< Real ones: a stamped clay tag with the amount pressed into it. {€25, €50 and €100.|Any amount from €20.} They {come in a small box|are fired like everything else, so they do not expire}.
> {That is lovely. €50 please.|Oh, I love that. How do I order?}
< I make one for you. {It is $order.|The stamp is drying, it leaves on Thursday.}

@ index.html
> My discount code {AUTUMN|KILN10} does not work
< $hello, that one {ended on Sunday|was for the summer firing}, I'm sorry. {But since you ask so nicely: TEATIME gives you the postage.|Let me see what I can do.}
?# Gave them free postage on $order
> {Worked! Thank you.|Oh nice, thanks.}

@ index.html
> Just wanted to say that {the mugs are the nicest thing in our kitchen|my tea tastes better, I swear|my daughter refuses every other bowl now}. {Thank you!|Keep going!}
< This goes on the wall next to the wheel. Thank you, $name!
?# Printed it out :)

@ hearth-mug.html
> {Could you engrave a name into a mug?|Is it possible to get mugs with initials?}
< Stamped, yes: up to three letters on the foot, before the firing. It takes {four weeks|until the next firing} and costs €4 a letter.
> {Make that $qty mugs, then.|For $qty mugs that is a nice present. Deadline?}
< {Order by Sunday and they are in the next firing.|I reserve the clay. Write me the letters whenever you have them.}
# $qty stamped Hearth mugs for $name, letters to follow
?> {A, M and T.|J and K, please.}

@ product
> hi
< $hello! What can I do for you?
?> {sorry, wrong window|never mind, found it on the page}

@ index.html
> {How do I unsubscribe from the newsletter?|Please take me off the mailing list.}
< {Done.|I have taken you off.} {No hard feelings, there are only four a year anyway.|Sorry if it was too much.}
?> Thanks.

@ index.html
> {Do you have a shop in $city?|Can I see your pieces somewhere in $city?}
< Not in $city, but {a small shop in the next town carries the mugs|we are at the spring market there}. {I'd ring them first.|Come by, there is tea.}
> {Good to know, thanks!|I'll look it up.}

@ index.html
> Your site says free delivery from €80, but I was charged €9. $order
< Let me look... {Your address is in $country, where it is €120.|You are right!} {I see how that is easy to miss, so I refund it this once.|That should not have happened; €9 are on their way back.}
# Banner says €80 without saying where. Somebody please mend the banner.
> {Very kind, thank you.|Thanks for sorting it out so fast.}

@ shipping.html
> We are moving {abroad|to $country} and take all your plates along. {How would you pack them?|Any advice for packing?}
< On edge, never flat, a sheet of paper between each, and the box so full that nothing rattles when you shake it.
> {Like records, got it.|On edge! I would have stacked them.}
?< Exactly. Good luck with the move, $name.

@ product
> {is this handmade?|Are these really made by hand?} {they look very even|I ask because of the price}
< Every one. {Mara throws, Jonas trims, Ines glazes|Five people, two wheels, one kiln}. {Even is what twenty years on the wheel looks like.|Look at the foot: there is a thumb print.}
> {impressive|Fair enough. Two mugs then.}

@ index.html
> Buenas, ¿envían a $city? {Gracias|Muchas gracias}
< ¡Hola! Sí, tarda de tres a cinco días y cuesta 9 €. {Gratis a partir de 120 €.|¿Le puedo ayudar con algo más?}
> {Perfecto, gracias|Muy amable}

@ index.html
> {Hallo, liefern Sie auch nach $city?|Guten Tag, kann ich auf Rechnung bezahlen?}
< Guten Tag! Ja, gern. {Es dauert drei bis fünf Werktage.|Alles Nötige steht in der Bestätigung.}
> {Danke schön!|Super, danke.}
`);
